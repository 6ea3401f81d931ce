"""Turns every ring of keys under load and counts who noticed: `make bench-rotation`."""
