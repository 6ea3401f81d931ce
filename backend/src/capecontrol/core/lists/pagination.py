"""Lists: numbered pages by default, cursors for stable paging under inserts."""

import base64
import binascii
import json
import math
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from capecontrol.core.problems import FieldError, Invalid

T = TypeVar("T")
R = TypeVar("R")

#: ``total`` is counted exactly up to here; beyond it the count costs more than it tells.
TOTAL_MAX = 1000


#: Made once: ``json.dumps`` makes one for each text.
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: A part of a cursor, as JSON has it.
CursorValue = str | int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: what the last row before it is sorted by, in which order and of which list.

    ``asked`` is a digest of the filters and the organization: in another list the place means nothing.
    """

    sort: str
    values: tuple[CursorValue, ...]
    id: uuid.UUID
    asked: str

    def encode(self) -> str:
        """Return the opaque text of the cursor."""
        text = _WRITER.encode([self.sort, self.values, str(self.id), self.asked])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read a cursor that we gave. Whether it is of the list that is asked for is looked at by that list.

        Raises:
            Invalid: it is not one of ours.
        """
        try:
            sort, values, identifier, asked = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if not (isinstance(sort, str) and isinstance(asked, str) and isinstance(values, list)):
                raise ValueError("not what a cursor is made of")
            if not all(isinstance(value, str | int) and not isinstance(value, bool) for value in values):
                raise ValueError("not what rows are sorted by")
            return cls(sort, tuple(values), uuid.UUID(identifier), asked)
        except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error, RecursionError) as error:
            raise strange_cursor() from error


def strange_cursor() -> Invalid:
    """Return the refusal of a cursor that no page of ours gave, or one of an earlier release."""
    return Invalid(
        "This cursor isn't valid.",
        errors=[FieldError("/cursor", "Use the next_cursor of the previous page, or leave it out to start again.")],
    )


def foreign_cursor() -> Invalid:
    """Return the refusal of a cursor of another list."""
    return Invalid(
        "This cursor belongs to a list with a different order, filter or organization.",
        errors=[FieldError("/cursor", "Keep the same sort and filters, or leave the cursor out to start again.")],
    )


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which part of a list is asked for: a numbered page, or what follows a cursor, in which order.

    ``sort`` is a key of the list, with a hyphen before it for the other way round; None is the list's own order.
    ``asked`` tells this list from others to which a cursor may belong: the address and the filters, as they were sent.
    """

    page: int = 1
    limit: int = 20
    cursor: Cursor | None = None
    sort: str | None = None
    is_counted: bool = True
    asked: str = ""

    @property
    def offset(self) -> int:
        """How many rows come before the page (0 with a cursor)."""
        return 0 if self.cursor else (self.page - 1) * self.limit


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    model_config = ConfigDict(from_attributes=True)

    items: list[T] = Field(description="The items of this page.")
    next_cursor: str | None = Field(description="Send it as `cursor` to get the next page. Null on the last page.")
    total: int | None = Field(
        description="The number of items. Exact up to 1,000; null on a text search (`q`) and with `total=false`."
    )
    total_capped: bool = Field(
        default=False, description="Whether there are more than 1,000 items, so that `total` is 1,000."
    )
    search_capped: bool = Field(
        default=False,
        description="Whether a text search (`q`) of common words stopped after 10,000 records, so that more may match.",
    )
    page: int | None = Field(description="The number of this page; null if you sent a cursor.")
    pages: int | None = Field(description="The number of pages; null if you sent a cursor, or without a total.")


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """One page of rows, before they are converted to an answer."""

    rows: list[R]
    next_cursor: str | None
    total: int | None
    total_capped: bool
    page: int | None
    pages: int | None
    search_capped: bool = False

    def to_page(self, items: list[T]) -> Page[T]:
        """Return the answer with the converted rows."""
        return Page[T](
            items=items,
            next_cursor=self.next_cursor,
            total=self.total,
            total_capped=self.total_capped,
            search_capped=self.search_capped,
            page=self.page,
            pages=self.pages,
        )


async def sliced(
    found: Sequence[R], query: PageQuery, count: Callable[[], Awaitable[int]] | None, place: Callable[[R], Cursor]
) -> Slice[R]:
    """Return a page of rows.

    Args:
        found: the rows from the page's first on, one more than it holds where there are more.
        query: which page was asked for.
        count: counts all rows up to a bound, beyond it one more than the bound; not asked where the page tells it. None
            where nobody wants to know.
        place: the place of a row in the list.
    """
    is_last, rows = len(found) <= query.limit, list(found[: query.limit])
    total = None
    if count is not None:
        is_told = is_last and query.cursor is None and (rows or query.page == 1)
        total = query.offset + len(rows) if is_told else await count()
    counted = None if total is None else min(total, TOTAL_MAX)
    return Slice(
        rows=rows,
        next_cursor=None if is_last else place(rows[-1]).encode(),
        total=counted,
        total_capped=total is not None and total > TOTAL_MAX,
        page=None if query.cursor else query.page,
        pages=None if query.cursor or counted is None else max(1, math.ceil(counted / query.limit)),
    )
