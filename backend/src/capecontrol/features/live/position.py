"""Where a reader of the changes stands: the id of an event, with which it takes up again after a break."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Self

#: PostgreSQL's text of a snapshot, behind the second at which it was taken.
_TEXT = re.compile(r"([0-9]{1,11})/([0-9]{1,19}):([0-9]{1,19}):((?:[0-9]{1,19}(?:,[0-9]{1,19}){0,999})?)", re.ASCII)
#: Of PostgreSQL's ids of transactions, one that it takes.
_ID_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Position:
    """A snapshot: what was committed when it was taken is behind the reader, all else before it.

    ``xmax`` is the first transaction that had not begun, ``running`` are those that had and were not over.
    """

    taken_at: datetime
    xmin: int
    xmax: int
    running: frozenset[int]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the position that a text tells; None where it tells none."""
        found = _TEXT.fullmatch(text)
        if found is None:
            return None
        xmin, xmax = int(found[2]), int(found[3])
        running = [int(one) for one in found[4].split(",") if one]
        # As PostgreSQL insists: it would refuse the text else.
        is_in_order = all(one < other for one, other in pairwise(running))
        is_within = all(xmin <= one < xmax for one in running)
        if not (0 < xmin <= xmax <= _ID_MAX and is_in_order and is_within):
            return None
        return cls(datetime.fromtimestamp(int(found[1]), UTC), xmin, xmax, frozenset(running))

    @classmethod
    def of(cls, snapshot: str, taken_at: datetime) -> Self:
        """Return the position of a snapshot in PostgreSQL's words.

        Raises:
            ValueError: these are not its words.
        """
        position = cls.read(f"{int(taken_at.timestamp())}/{snapshot}")
        if position is None:
            raise ValueError("not a snapshot")
        return position

    @property
    def snapshot(self) -> str:
        """Return the snapshot in PostgreSQL's words."""
        return f"{self.xmin}:{self.xmax}:{','.join(str(one) for one in sorted(self.running))}"

    def __str__(self) -> str:
        """Return the id of the event that ends here."""
        return f"{int(self.taken_at.timestamp())}/{self.snapshot}"

    def is_behind(self, transaction_id: int) -> bool:
        """Tell whether the reader has not seen what a transaction wrote."""
        return transaction_id >= self.xmax or transaction_id in self.running
