"""Bulk operations: one act on many things, done by the worker."""
