"""Organizations: the customers."""
