"""Queries about money."""
