"""HTTP: the business, a router for each noun."""
