"""What can be done with bulk operations."""
