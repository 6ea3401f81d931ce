"""Rings in memory."""
