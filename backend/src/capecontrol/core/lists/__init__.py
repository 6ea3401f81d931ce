"""Lists: what they may be narrowed and sorted by, their pages, and the places that cursors keep."""
