"""Lists: numbered pages by default, cursors for stable paging under inserts."""

import base64
import binascii
import json
import math
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from capecontrol.core.problems import FieldError, Invalid

T = TypeVar("T")
R = TypeVar("R")

#: ``total`` is counted exactly up to here; beyond it the count costs more than it tells.
TOTAL_MAX = 1000


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is sorted by time and id, newest first."""

    at: datetime
    id: uuid.UUID

    def encode(self) -> str:
        """Return the opaque text of the cursor."""
        # Neither has a character that JSON would write otherwise.
        text = f'["{self.at.isoformat()}", "{self.id}"]'
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read a cursor that we gave.

        Raises:
            Invalid: it is not one of ours.
        """
        try:
            at, identifier = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise ValueError("naive time")
            return cls(moment.astimezone(UTC), uuid.UUID(identifier))
        except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as error:
            raise Invalid(
                "This cursor is not one that we gave.",
                errors=[FieldError("/cursor", "Use next_cursor of the page before.")],
            ) from error


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which part of a list is asked for: a numbered page, or what follows a cursor."""

    page: int = 1
    limit: int = 20
    cursor: Cursor | None = None

    @property
    def offset(self) -> int:
        """How many rows come before the page (0 with a cursor)."""
        return 0 if self.cursor else (self.page - 1) * self.limit


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    model_config = ConfigDict(from_attributes=True)

    items: list[T]
    next_cursor: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")
    total: int = Field(description="How many there are: exact up to 1,000, else 1,000 with `total_capped`.")
    total_capped: bool = False
    page: int | None = Field(description="This page's number; null when a cursor was given.")
    pages: int | None = Field(description="How many pages there are; null when a cursor was given.")


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """One page of rows, before they are converted to an answer."""

    rows: list[R]
    next_cursor: str | None
    total: int
    total_capped: bool
    page: int | None
    pages: int | None

    def to_page(self, items: list[T]) -> Page[T]:
        """Return the answer with the converted rows."""
        return Page[T](
            items=items,
            next_cursor=self.next_cursor,
            total=self.total,
            total_capped=self.total_capped,
            page=self.page,
            pages=self.pages,
        )


async def sliced(
    found: Sequence[R], query: PageQuery, count: Callable[[], Awaitable[int]], place: Callable[[R], Cursor]
) -> Slice[R]:
    """Return a page of rows.

    Args:
        found: the rows from the page's first on, one more than it holds where there are more.
        query: which page was asked for.
        count: counts all rows up to a bound, beyond it one more than the bound; not asked where the page tells it.
        place: the place of a row in the list.
    """
    is_last, rows = len(found) <= query.limit, list(found[: query.limit])
    is_told = is_last and query.cursor is None and (rows or query.page == 1)
    total = query.offset + len(rows) if is_told else await count()
    counted = min(total, TOTAL_MAX)
    return Slice(
        rows=rows,
        next_cursor=None if is_last else place(rows[-1]).encode(),
        total=counted,
        total_capped=total > TOTAL_MAX,
        page=None if query.cursor else query.page,
        pages=None if query.cursor else max(1, math.ceil(counted / query.limit)),
    )
