"""Bodies, a file for each noun."""
