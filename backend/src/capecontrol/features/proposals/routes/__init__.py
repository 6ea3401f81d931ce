"""HTTP: proposals, and their list as a file."""
