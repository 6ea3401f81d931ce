"""Managed apps: the machines that call us with keys."""
