"""Identifiers: UUIDv7, time-ordered, so that primary keys grow at one end of the index."""

import hashlib
import uuid

from uuid_utils.compat import uuid7

#: Bits of a UUIDv7 (RFC 9562, 5.7): 48 of time, then version and variant between the random ones.
_TIME = 0xFFFFFFFFFFFF << 80
_RANDOM = ((1 << 80) - 1) & ~(0xF << 76) & ~(0x3 << 62)
_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7."""
    return uuid7()


def derived_id(origin: uuid.UUID, name: str) -> uuid.UUID:
    """Return the UUIDv7 that belongs to a name under another UUIDv7: the same at every attempt, and as old as it.

    An operation that makes several things derives their ids from its own, so that a second attempt finds the first's.
    """
    mixed = int.from_bytes(hashlib.sha256(origin.bytes + name.encode()).digest()[:16])
    return uuid.UUID(int=(origin.int & _TIME) | (mixed & _RANDOM) | _VERSION_AND_VARIANT)


def id_in(text: str) -> uuid.UUID | None:
    """Return the id that somebody typed where words are looked for, or None."""
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None
