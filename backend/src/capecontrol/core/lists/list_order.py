"""The orders of a list, and the places that cursors keep in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Integer, bindparam, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.lists.pagination import Cursor, CursorValue, foreign_cursor, strange_cursor

#: A column of the model, or an expression.
SortColumn = InstrumentedAttribute[Any] | ColumnElement[Any]
#: What a list is sorted by: a column or an expression that is never null, or several of them.
SortKey = SortColumn | tuple[SortColumn, ...]
#: What a row calls that by which it is sorted and which is no column of it, with a number behind it.
_COMPOSED = "sort_key_"
#: What a statement calls the parts of the place that a cursor names, with a number behind it.
_PLACE = "cursor_"


@dataclass(frozen=True)
class ListOrder:
    """What a list is sorted by, and which way; rows that are equal in it are told apart by their ids."""

    name: str
    columns: tuple[SortColumn, ...]
    identifier: InstrumentedAttribute[Any]
    is_descending: bool

    @property
    def keys(self) -> tuple[SortColumn, ...]:
        """Return what rows are told apart by, in this order."""
        return *self.columns, self.identifier

    @property
    def composed(self) -> Mapping[str, ColumnElement[Any]]:
        """Return those parts that are no columns of the row, by what the row calls them."""
        parts = (one for one in self.columns if not isinstance(one, InstrumentedAttribute))
        return {f"{_COMPOSED}{number}": one for number, one in enumerate(parts)}

    @property
    def sorting(self) -> list[ColumnElement[Any]]:
        """Return what stands behind ORDER BY."""
        return [key.desc() if self.is_descending else key.asc() for key in self.keys]

    @property
    def follows(self) -> ColumnElement[bool]:
        """Return the condition that a row comes behind a place."""
        place = (bindparam(f"{_PLACE}{number}", type_=key.type) for number, key in enumerate(self.keys))
        return tuple_(*self.keys) < tuple_(*place) if self.is_descending else tuple_(*self.keys) > tuple_(*place)

    @property
    def follows_by_first(self) -> ColumnElement[bool]:
        """Return what ``follows`` says of the first part alone.

        It is implied, and PostgreSQL does not see that: a comparison of rows rules no partition out, tells the planner
        little of how many rows there are, and beside another bound of the same column it is no place to begin at.
        """
        first = bindparam(f"{_PLACE}0", type_=self.keys[0].type)
        return self.keys[0] <= first if self.is_descending else self.keys[0] >= first

    @cached_property
    def names(self) -> list[str]:
        """Return what a row calls each part. Each full page asks."""
        composed = iter(self.composed)
        return [one.key if isinstance(one, InstrumentedAttribute) else next(composed) for one in self.columns]

    def cursor(self, row: object, asked: str) -> Cursor:
        """Return the place of a row in the list that was asked for."""
        values = tuple(_written(getattr(row, name)) for name in self.names)
        return Cursor(self.name, values, getattr(row, self.identifier.key), asked)

    def place(self, cursor: Cursor, asked: str) -> dict[str, object]:
        """Return the parameters of ``follows`` for a cursor of the list that is asked for.

        Raises:
            Invalid: it is of another list, or its values are not those of this order.
        """
        if cursor.sort != self.name or cursor.asked != asked:
            raise foreign_cursor()
        if len(cursor.values) != len(self.columns):
            raise strange_cursor()
        read = [_read(value, one.type) for value, one in zip(cursor.values, self.columns, strict=True)]
        return self.behind([*read, cursor.id])

    def behind(self, keys: Sequence[object]) -> dict[str, object]:
        """Return the parameters of ``follows`` for the row that has these keys."""
        return {f"{_PLACE}{number}": value for number, value in enumerate(keys)}


def list_orders(keys: Mapping[str, SortKey], identifier: InstrumentedAttribute[Any]) -> dict[str, ListOrder]:
    """Return both ways of each sort key by their names: ``-title`` is from the last to the first."""
    found = {}
    for name, key in keys.items():
        columns = key if isinstance(key, tuple) else (key,)
        found[f"-{name}"] = ListOrder(f"-{name}", columns, identifier, is_descending=True)
        found[name] = ListOrder(name, columns, identifier, is_descending=False)
    return found


def _written(value: object) -> CursorValue:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _read(value: CursorValue, kind: object) -> object:
    """Return a cursor's value as its column has it: whatever is written there, PostgreSQL is given what it can take.

    Raises:
        Invalid: it is none of its kind.
    """
    try:
        if isinstance(kind, DateTime) and isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        elif isinstance(kind, Integer) and isinstance(value, int):
            bound = 2 ** (63 if isinstance(kind, BigInteger) else 31)
            if -bound <= value < bound:
                return value
        elif not isinstance(kind, DateTime | Integer) and isinstance(value, str):
            # What is half a character to Python is none to PostgreSQL, and neither is NUL.
            value.encode()
            if "\0" not in value:
                return value
    except (ValueError, OverflowError) as error:
        raise strange_cursor() from error
    raise strange_cursor()
