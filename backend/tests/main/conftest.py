"""Fixtures of the processes' tests."""

from tests.servers import empty_database, own_valkey
from tests.stage import outbox_template, stage

__all__ = ["empty_database", "outbox_template", "own_valkey", "stage"]
