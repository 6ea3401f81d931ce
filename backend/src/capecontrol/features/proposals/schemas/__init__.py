"""Bodies about proposals, a file for each kind."""
