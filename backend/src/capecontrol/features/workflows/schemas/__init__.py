"""Bodies about workflows, a file for each noun."""
