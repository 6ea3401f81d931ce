"""Rings of keys as a process holds them: in memory, with the key that makes and all keys that read."""
