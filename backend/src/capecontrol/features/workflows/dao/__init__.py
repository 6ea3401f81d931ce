"""Queries of the feature, a table each."""
