"""Queries of the feature."""
