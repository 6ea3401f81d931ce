"""One small file per process, and the wiring."""
