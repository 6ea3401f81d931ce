"""Which part of a list is written next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, bindparam

#: When the export began: its columns may name it, and no row that came later is in it.
BEGAN_AT = bindparam("began_at", type_=DateTime(timezone=True))
#: What the last row of a part is sorted by, and its id.
Place = tuple[object, ...]
#: How many rows are read at once: some tenths of a second of PostgreSQL's time, and three MB of the log.
PART_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Span:
    """The rows behind a place, or from the beginning, of what was there when the export began."""

    began_at: datetime
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a file; ``last`` is the place behind which more may follow, None at the end."""

    lines: bytes
    rows: int
    last: Place | None
