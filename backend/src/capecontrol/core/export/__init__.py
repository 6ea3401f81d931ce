"""Lists as CSV: what their columns are, and how PostgreSQL writes them."""
