"""The house seen from outside: what runs, what waits, what was given up."""
