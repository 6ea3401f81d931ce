"""Rows that the database promises to hold."""

from typing import TypeVar

T = TypeVar("T")


def promised(row: T | None, why: str) -> T:
    """Return a row that cannot be missing: a foreign key holds it, or it is never deleted.

    Unlike what a caller asks for (``problems.require``), nobody is told that it was not found.

    Args:
        row: what was looked up.
        why: why it is there, for whoever reads the error.

    Raises:
        LookupError: it is missing all the same.
    """
    if row is None:
        raise LookupError(why)
    return row
