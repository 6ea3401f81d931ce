"""Which part of a list is written next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, bindparam

#: When the export began: its columns may name it, and no row that came later is in it.
BEGAN_AT = bindparam("began_at", type_=DateTime(timezone=True))
#: What the last row of a part is sorted by, and its id.
Place = tuple[object, ...]
#: How many rows are read at once at most: a tenth of a second of PostgreSQL's time, and two MB of the log. This and all
#: smaller numbers are powers of two, so that few statements do.
PART_ROWS = 8192
#: The first part is small: nobody knows yet how long its rows are, and its reader waits.
FIRST_ROWS = 1024
#: How long a part is at most, unless a single row is longer.
PART_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """The rows behind a place, or from the beginning, of what was there when the export began.

    ``rows`` is how many of them are read at once.
    """

    began_at: datetime
    after: Place | None = None
    rows: int = FIRST_ROWS

    def behind(self, part: "Part") -> "Span":
        """Return what follows a part: as many rows as fill half of what a part may hold, if they are like its rows."""
        size = len(part.lines) // part.rows + 1 if part.rows else 1
        return Span(self.began_at, part.last, fitting(size))


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a file; ``last`` is the place behind which more may follow, None at the end."""

    lines: bytes
    rows: int
    last: Place | None


def fitting(row_bytes: int) -> int:
    """Return how many rows of a size are read at once: twice as long, they still are one part."""
    fit = max(1, PART_BYTES // 2 // row_bytes)
    return min(PART_ROWS, 1 << (fit.bit_length() - 1))
