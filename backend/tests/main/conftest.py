"""Fixtures of the processes' tests."""

from tests.servers import empty_database, own_postgres, own_valkey

__all__ = ["empty_database", "own_postgres", "own_valkey"]
