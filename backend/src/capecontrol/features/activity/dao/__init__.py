"""The queries of activity entries."""
