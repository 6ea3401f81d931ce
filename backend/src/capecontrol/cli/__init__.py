"""The command line. It stands above everything: it alone chooses between the outside and the local stand-ins."""
