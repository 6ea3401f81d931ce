"""HTTP: workflows, a router for each noun."""
