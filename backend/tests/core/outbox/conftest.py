"""Fixtures of the outbox's tests."""

from tests.servers import outbox_template, stage

__all__ = ["outbox_template", "stage"]
