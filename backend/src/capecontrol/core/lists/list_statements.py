"""The statements of a list, composed once for each order and combination of filters that is asked for."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Label,
    Select,
    SQLColumnExpression,
    any_,
    bindparam,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import visitors

from capecontrol.core.db.base import Base, columns_of
from capecontrol.core.db.constant import constant
from capecontrol.core.db.model_row import model_row
from capecontrol.core.db.prepared_statement import PreparedRead
from capecontrol.core.db.word_search import FEW, WALK, WORDS, WordSearch, ids_of
from capecontrol.core.lists.amounts import Amounts
from capecontrol.core.lists.list_order import ListOrder, SortKey, list_orders
from capecontrol.core.lists.pagination import TOTAL_MAX

M = TypeVar("M", bound=Base)

#: What a row calls the number of all rows.
TOTAL = "rows_in_all"
#: What a row that words found calls whether the list was walked through.
IS_WALK = "is_of_walk"
#: The filter by an id that was typed where words are.
IDENTIFIER = "id_of_q"
#: The filter by the organization in whose scope it is asked.
OWNER = "owner_id"
#: Which rows of those that are found make the page.
_OFFSET, _LIMIT = bindparam("page_offset", type_=Integer), bindparam("page_limit", type_=Integer)


@dataclass(frozen=True, slots=True)
class ListSum:
    """How many rows of a list are in one currency, and what they come to."""

    currency: str
    count: int
    #: A sum of whole numbers is no whole number to the driver.
    minor: Any


@dataclass(frozen=True, slots=True)
class ListShape:
    """Of what kind a statement is: its filters, its order, whether it begins behind a cursor, whether it counts."""

    filters: frozenset[str]
    order: str
    is_behind_cursor: bool = False
    is_counted: bool = False
    #: How far a search reads at most, as the text of its statement says it; zero where no words are looked for.
    reach: int = 0


class ListStatements(Generic[M]):
    """What PostgreSQL is asked for the rows of a model; each statement is composed when it is asked for first."""

    def __init__(
        self,
        model: type[M],
        conditions: tuple[SQLColumnExpression[bool], ...],
        sorts: Mapping[str, SortKey],
        *,
        owner: str | None,
        words: WordSearch | None,
        besides: Mapping[str, ColumnElement[Any]],
        filters: Mapping[str, ColumnElement[bool]],
    ) -> None:
        """Take what the list is made of, as ``PageRead`` describes it."""
        self._model = model
        self._conditions = conditions
        self._owner = owner
        self._words = words
        self._besides = [one.label(name) for name, one in besides.items()]
        if words is not None:
            # What an id finds has another name: the parameter of the words is a text.
            found = {WORDS: words.finds(self._column("id")), IDENTIFIER: self._column("id") == bindparam(IDENTIFIER)}
            filters = {**filters, **found}
        self._filters = filters
        parameters = {name: _parameters(condition) for name, condition in filters.items()}
        #: What the filters have to be told.
        self.parameters: frozenset[str] = frozenset().union(*parameters.values())
        #: The filters that are switched on and off.
        self.switches = frozenset(name for name in filters if name not in parameters[name])
        self._columns = columns_of(model)
        #: All orders that may be asked for, by their names.
        self.orders = list_orders(sorts, self._column("id"))
        self._rows: dict[ListShape, PreparedRead[M]] = {}
        self._ids: dict[ListShape, PreparedRead[uuid.UUID]] = {}
        self._counts: dict[frozenset[str], PreparedRead[int]] = {}
        self._sums: dict[frozenset[str], PreparedRead[ListSum]] = {}
        self._stops: dict[ListShape, PreparedRead[bool]] = {}

    @property
    def filters(self) -> Collection[str]:
        """Return the names of what the list may be narrowed by."""
        return self._filters.keys()

    def rows(self, shape: ListShape) -> PreparedRead[M]:
        """Return the statement of a page's rows; its parameters besides the filters': ``page_offset, page_limit``."""
        return self._rows.get(shape) or self._rows.setdefault(shape, self._compose_rows(shape))

    def ids(self, shape: ListShape) -> PreparedRead[uuid.UUID]:
        """Return the statement of the rows' ids, of the same parameters."""
        return self._ids.get(shape) or self._ids.setdefault(shape, self._compose_ids(shape))

    def count(self, filters: frozenset[str]) -> PreparedRead[int]:
        """Return the statement that counts, up to one more than is told."""
        return self._counts.get(filters) or self._counts.setdefault(filters, PreparedRead(self._count(filters), int))

    def sums(self, filters: frozenset[str], amounts: Amounts) -> PreparedRead[ListSum]:
        """Return the statement that adds up the amounts of all rows, by currency, of so many as are counted."""
        return self._sums.get(filters) or self._sums.setdefault(filters, self._compose_sums(filters, amounts))

    def stop(self, shape: ListShape) -> PreparedRead[bool]:
        """Return the statement that tells whether a search of words ended before the list did."""
        return self._stops.get(shape) or self._stops.setdefault(shape, self._compose_stop(shape))

    def conditions(self, filters: frozenset[str]) -> list[SQLColumnExpression[bool]]:
        """Return what the rows fulfil under some filters."""
        conditions = [*self._conditions, *(self._filters[name] for name in sorted(filters & self._filters.keys()))]
        if self._owner and OWNER in filters:
            conditions.append(self._column(self._owner) == bindparam(OWNER))
        return conditions

    def _compose_rows(self, shape: ListShape) -> PreparedRead[M]:
        if shape.reach and self._words is not None:
            found, names = self._search(shape, self._words)
            return PreparedRead(found, model_row(self._model, *names))
        order = self.orders[shape.order]
        more: list[Label[Any]] = [composed.label(name) for name, composed in order.composed.items()] + self._besides
        if shape.is_counted:
            # PostgreSQL counts once, for the first row, and the count comes with each.
            more.append(self._count(shape.filters).scalar_subquery().label(TOTAL))
        rows = self._select(shape.filters, order).add_columns(*more)
        if shape.is_behind_cursor:
            rows = rows.where(order.follows)
        rows = rows.offset(_OFFSET).limit(_LIMIT)
        return PreparedRead(rows, model_row(self._model, *(one.name for one in more)))

    def _compose_ids(self, shape: ListShape) -> PreparedRead[uuid.UUID]:
        if shape.reach and self._words is not None:
            rows, _ = self._search(shape, self._words)
        else:
            rows = self._select(shape.filters, self.orders[shape.order]).offset(_OFFSET).limit(_LIMIT)
        return PreparedRead(select(rows.subquery().c.id), lambda identifier: identifier)

    def _search(self, shape: ListShape, words: WordSearch) -> tuple[Select[Any], list[str]]:
        """Return the statement of a search, and what its columns beyond the model's are called.

        Where one of the words finds few records these are read and sorted. Where all find many, the list is walked
        through in its order until the page is full, or so far. Which of the two it is PostgreSQL cannot know when it
        plans; one of them is not even begun.
        """
        order, identifier = self.orders[shape.order], self._column("id")
        owned = self._owned(shape, words)
        rarest = words.rarest("rarest", *owned)
        found = words.few(rarest).where(*owned).cte("found")
        number = select(func.count()).select_from(found).scalar_subquery()
        listed = self._listed(shape, order)
        few = listed.where(number <= constant(FEW), identifier == any_(ids_of(found)), words.has_all(identifier))
        # Its limit keeps the words out of the walk: planned for a small organization, it would ask all before sorting.
        walk = listed.limit(constant(WALK)).subquery("walk")
        many = select(walk).where(number > constant(FEW), words.finds(walk.c.id, rarest))
        parts = [part.limit(constant(shape.reach)).subquery() for part in (few, many)]
        rows = union_all(*(select(part) for part in parts)).subquery("found_rows")
        keys = [rows.c[name] for name in (*order.names, "id")]
        sorting = [key.desc() if order.is_descending else key.asc() for key in keys]
        statement = select(*rows.c, (number > constant(FEW)).label(IS_WALK)).order_by(*sorting)
        return statement.offset(_OFFSET).limit(_LIMIT), [*order.composed, IS_WALK]

    def _compose_sums(self, filters: frozenset[str], amounts: Amounts) -> PreparedRead[ListSum]:
        minor: Label[int] = amounts.minor.label("minor")
        currency: Label[str] = amounts.currency.label("currency")
        bounded = select(minor, currency).where(*self.conditions(filters)).limit(TOTAL_MAX + 1).subquery()
        rows = select(bounded.c.currency, func.count(), func.sum(bounded.c.minor)).group_by(bounded.c.currency)
        return PreparedRead(rows.order_by(bounded.c.currency), ListSum)

    def _compose_stop(self, shape: ListShape) -> PreparedRead[bool]:
        if self._words is None:
            raise TypeError(f"a list of {self._model.__name__} is not searched by words")
        beyond = self._listed(shape, self.orders[shape.order]).offset(constant(WALK))
        return PreparedRead(self._words.stops(beyond, *self._owned(shape, self._words)), bool)

    def _owned(self, shape: ListShape, words: WordSearch) -> list[ColumnElement[bool]]:
        return [words.owner == bindparam(OWNER)] if self._owner and OWNER in shape.filters else []

    def _listed(self, shape: ListShape, order: ListOrder) -> Select[Any]:
        """Return the list through which a search walks: all other filters, from the cursor on."""
        composed = [composed.label(name) for name, composed in order.composed.items()]
        conditions = self.conditions(shape.filters - {WORDS})
        if shape.is_behind_cursor:
            conditions.append(order.follows)
        return select(*self._columns.values(), *composed).where(*conditions).order_by(*order.sorting)

    def _count(self, filters: frozenset[str]) -> Select[tuple[int]]:
        bounded = select(self._column("id")).where(*self.conditions(filters)).limit(TOTAL_MAX + 1).subquery()
        return select(func.count()).select_from(bounded)

    def _select(self, filters: frozenset[str], order: ListOrder) -> Select[Any]:
        return select(*self._columns.values()).where(*self.conditions(filters)).order_by(*order.sorting)

    def _column(self, name: str) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(self._model, name)
        return column


def _parameters(condition: ColumnElement[bool]) -> frozenset[str]:
    """Return the names of what a condition has to be told."""
    binds = (part for part in visitors.iterate(condition) if isinstance(part, BindParameter))
    return frozenset(bind.key for bind in binds if bind.required)
