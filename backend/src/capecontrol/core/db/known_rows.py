"""What a transaction knows already."""

import uuid
from typing import TypeVar

T = TypeVar("T")


class KnownRows:
    """What was read in a transaction besides what was asked, by its type and id, for whoever would read it again.

    Only what does not change while the transaction lasts: nothing here is read anew.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[tuple[type, uuid.UUID], object] = {}

    def add(self, identifier: uuid.UUID, row: object) -> None:
        """Keep what was read."""
        self._rows[type(row), identifier] = row

    def get(self, kind: type[T], identifier: uuid.UUID) -> T | None:
        """Return what was read of a type, or None when it was not read yet."""
        row = self._rows.get((kind, identifier))
        return row if isinstance(row, kind) else None
