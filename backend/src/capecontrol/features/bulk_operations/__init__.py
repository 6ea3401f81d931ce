"""One act on many things, done by the worker."""
