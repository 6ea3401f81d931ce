"""Fixtures of the processes' tests."""

from tests.servers import empty_database, outbox_template, own_valkey, stage

__all__ = ["empty_database", "outbox_template", "own_valkey", "stage"]
