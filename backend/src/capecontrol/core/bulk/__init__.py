"""Bulk operations: what a feature declares, so that one act of its can be done to many of its things."""
