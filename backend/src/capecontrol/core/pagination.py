"""Lists: numbered pages by default, cursors for stable paging under inserts."""

import base64
import binascii
import json
import uuid
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
        return base64.urlsafe_b64encode(json.dumps([self.at.isoformat(), str(self.id)]).encode()).decode().rstrip("=")

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
