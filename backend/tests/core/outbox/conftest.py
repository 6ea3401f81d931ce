"""Fixtures of the outbox's tests."""

from tests.stage import outbox_template, stage

__all__ = ["outbox_template", "stage"]
