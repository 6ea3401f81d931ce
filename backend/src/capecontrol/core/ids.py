"""Identifiers: UUIDv7, time-ordered, so that primary keys grow at one end of the index."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7."""
    return uuid7()
