"""Lists, with their statements compiled once for each order and combination of filters that is asked for."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2s
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
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.db.word_search import FEW, WALK, WORDS, WordSearch, ids_of
from capecontrol.core.ids import id_in
from capecontrol.core.list_order import ListOrder, SortKey, list_orders
from capecontrol.core.pagination import TOTAL_MAX, PageQuery, Slice, sliced
from capecontrol.core.work import UnitOfWork

M = TypeVar("M", bound=Base)


#: What a row calls the number of all rows.
_TOTAL = "rows_in_all"
#: What a row that words found calls whether the list was walked through.
_IS_WALK = "is_of_walk"
#: The filter by an id that was typed where words are.
_ID = "id_of_q"
#: Which rows of those that are found make the page.
_OFFSET, _LIMIT = bindparam("page_offset", type_=Integer), bindparam("page_limit", type_=Integer)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Of what kind a statement is: its filters, its order, whether it begins behind a cursor, whether it counts."""

    filters: frozenset[str]
    order: str
    is_behind_cursor: bool = False
    is_counted: bool = False
    #: How far a search reads at most, as the text of its statement says it.
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A combination of filters, and the values of their parameters."""

    filters: frozenset[str]
    values: Mapping[str, object]


class PageRead(Generic[M]):
    """A list of a model's rows within the scope of a unit of work, by default newest first.

    ``filters`` are conditions by name; each names its parameter as itself (``status=Project.status ==
    bindparam("status")``), or has none of that name and is switched on and off. A page is asked for with values for
    some of them: None stands for a filter that is not applied. The rows are read as the model's objects are, and are no
    objects of a session: a list changes nothing.
    """

    def __init__(
        self,
        model: type[M],
        *conditions: SQLColumnExpression[bool],
        by: str = "created_at",
        sorts: Mapping[str, SortKey] | None = None,
        owner: str | None = "org_id",
        searches: Collection[str] = (),
        words: WordSearch | None = None,
        besides: Mapping[str, ColumnElement[Any]] | None = None,
        **filters: ColumnElement[bool],
    ) -> None:
        """Describe the list.

        Args:
            model: whose rows it has.
            conditions: what each of its rows fulfils.
            by: the time that sorts it unless something else is asked for, the newest first.
            sorts: by what else it may be sorted: columns or expressions that are never null, or several of them. An
                index has them with the id behind them, and one with the owner before them.
            owner: the column that tells the owner; None for a table that belongs to the platform.
            searches: those filters that no index answers. What fulfils them is counted by itself and only when the page
                does not tell it: who counts with the rows goes through everything twice to find a few.
            words: the tokens in which ``q`` is looked for; an id finds its record. What ``q`` finds is not counted.
            besides: what else a row of a page has, by the class variable that the model declares for it; what it names
                are parameters of filters. What words find has none.
            filters: what it may be narrowed by.
        """
        self.model = model
        self._besides = [one.label(name) for name, one in (besides or {}).items()]
        self._owner = owner
        self._conditions = conditions
        self._searches = frozenset(searches)
        self._words = words
        if words is not None:
            # What an id finds has another name: the parameter of the words is a text.
            found = {WORDS: words.finds(self._column("id")), _ID: self._column("id") == bindparam(_ID)}
            filters = {**filters, **found}
        self._filters = filters
        parameters = {name: _parameters(condition) for name, condition in filters.items()}
        self._parameters = frozenset().union(*parameters.values())
        self._switches = frozenset(name for name in filters if name not in parameters[name])
        self._columns = columns_of(model)
        self._orders = list_orders({by: self._column(by), **(sorts or {})}, self._column("id"))
        #: The time that sorts it by default.
        self.by = self._column(by)
        #: All orders that may be asked for, and the one that it has unless another is.
        self.sorts, self.sort = tuple(self._orders), f"-{by}"
        self._rows: dict[_Shape, PreparedStatement[M]] = {}
        self._ids: dict[_Shape, PreparedStatement[uuid.UUID]] = {}
        self._counts: dict[frozenset[str], PreparedStatement[int]] = {}
        self._stops: dict[_Shape, PreparedStatement[bool]] = {}

    async def page(self, work: UnitOfWork, query: PageQuery, **wanted: object) -> Slice[M]:
        """Return a page: one statement, or two where the number of rows in all is told neither with them nor by them.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            query: which page.
            wanted: values of filters, and of what else their conditions name.

        Raises:
            TypeError: there is no such filter.
            Invalid: the cursor is of another list.
        """
        asked, order = self.wanted(work, wanted), self.order(query.sort)
        is_counted = query.is_counted and not asked.filters & {WORDS, _ID}
        values = dict(asked.values)
        digest = _digest(query.asked, work)
        if query.cursor is not None:
            values |= order.place(query.cursor, digest)
        shape = _Shape(
            asked.filters,
            order.name,
            query.cursor is not None,
            is_counted and not asked.filters & self._searches,
            _reach(query) if WORDS in asked.filters and self._words is not None else 0,
        )
        statement = self._rows.get(shape) or self._compose(shape)
        found = await statement.all(work.transaction, **values, page_offset=query.offset, page_limit=query.limit + 1)

        async def count() -> int:
            if found and shape.is_counted:
                return int(getattr(found[0], _TOTAL))
            counting = self._counts.get(asked.filters) or self._compose_count(asked.filters)
            return await counting.one(work.transaction, **asked.values)

        page = await sliced(found, query, count if is_counted else None, lambda row: order.cursor(row, digest))
        if self._words is None or not shape.reach or page.next_cursor or (found and not getattr(found[0], _IS_WALK)):
            return page
        # Asked on the last page of a walk only: a full one has what it looked for.
        stopped = self._stops.get(shape) or self._compose_stop(shape, self._words)
        return replace(page, search_capped=await stopped.one(work.transaction, **values))

    async def ids(self, work: UnitOfWork, limit: int, **wanted: object) -> list[uuid.UUID]:
        """Return the ids of the first rows that filters find, in the list's own order.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            limit: how many at most.
            wanted: values of filters, and of what else their conditions name.

        Raises:
            TypeError: there is no such filter.
        """
        asked = self.wanted(work, wanted)
        reach = 1 << limit.bit_length() if WORDS in asked.filters and self._words is not None else 0
        shape = _Shape(asked.filters, self.sort, reach=reach)
        statement = self._ids.get(shape) or self._compose_ids(shape)
        return await statement.all(work.transaction, **asked.values, page_offset=0, page_limit=limit)

    def order(self, sort: str | None) -> ListOrder:
        """Return an order by its name; the list's own where none is named."""
        return self._orders[sort or self.sort]

    def wanted(self, work: UnitOfWork, wanted: Mapping[str, object]) -> Wanted:
        """Return the filters that are applied, by their names, and the values of their parameters.

        Raises:
            TypeError: there is no such filter.
        """
        if strange := wanted.keys() - self._filters.keys() - self._parameters:
            raise TypeError(f"a list of {self.model.__name__} has no filter {', '.join(sorted(strange))}")
        given = {name: value for name, value in wanted.items() if value is not None}
        if self._words is not None and (identifier := id_in(str(given.get(WORDS)))) is not None:
            del given[WORDS]
            given[_ID] = identifier
        filters = {name for name in given.keys() & self._filters.keys() if name not in self._switches or given[name]}
        values = {name: given[name] for name in given.keys() & self._parameters}
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope and self._owner:
            filters.add("owner_id")
            values["owner_id"] = work.scope.org_id
        return Wanted(frozenset(filters), values)

    def _compose(self, shape: _Shape) -> PreparedStatement[M]:
        if self._words is not None and WORDS in shape.filters:
            return self._compose_search(shape, self._words)
        order = self._orders[shape.order]
        more: list[Label[Any]] = [composed.label(name) for name, composed in order.composed.items()] + self._besides
        if shape.is_counted:
            # PostgreSQL counts once, for the first row, and the count comes with each.
            more.append(self._count(shape.filters).scalar_subquery().label(_TOTAL))
        rows = self._select(shape.filters, order).add_columns(*more)
        if shape.is_behind_cursor:
            rows = rows.where(order.follows)
        rows = rows.offset(_OFFSET).limit(_LIMIT)
        statement = self._rows[shape] = PreparedStatement(rows, model_row(self.model, *(one.name for one in more)))
        return statement

    def _compose_ids(self, shape: _Shape) -> PreparedStatement[uuid.UUID]:
        if shape.reach and self._words is not None:
            rows, _ = self._search(shape, self._words)
        else:
            rows = self._select(shape.filters, self._orders[shape.order]).offset(_OFFSET).limit(_LIMIT)
        statement = self._ids[shape] = PreparedStatement(select(rows.subquery().c.id), lambda identifier: identifier)
        return statement

    def _compose_search(self, shape: _Shape, words: WordSearch) -> PreparedStatement[M]:
        rows, names = self._search(shape, words)
        statement = self._rows[shape] = PreparedStatement(rows, model_row(self.model, *names))
        return statement

    def _search(self, shape: _Shape, words: WordSearch) -> tuple[Select[Any], list[str]]:
        """Return the statement of a search, and what its columns beyond the model's are called.

        Where one of the words finds few records these are read and sorted. Where all find many, the list is walked
        through in its order until the page is full, or so far. Which of the two it is PostgreSQL cannot know when it
        plans; one of them is not even begun.
        """
        order, identifier = self._orders[shape.order], self._column("id")
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
        statement = select(*rows.c, (number > constant(FEW)).label(_IS_WALK)).order_by(*sorting)
        return statement.offset(_OFFSET).limit(_LIMIT), [*order.composed, _IS_WALK]

    def _compose_stop(self, shape: _Shape, words: WordSearch) -> PreparedStatement[bool]:
        beyond = self._listed(shape, self._orders[shape.order]).offset(constant(WALK))
        return self._stops.setdefault(shape, PreparedStatement(words.stops(beyond, *self._owned(shape, words)), bool))

    def _owned(self, shape: _Shape, words: WordSearch) -> list[ColumnElement[bool]]:
        return [words.owner == bindparam("owner_id")] if self._owner and "owner_id" in shape.filters else []

    def _listed(self, shape: _Shape, order: ListOrder) -> Select[Any]:
        """Return the list through which a search walks: all other filters, from the cursor on."""
        composed = [composed.label(name) for name, composed in order.composed.items()]
        conditions = self.conditions(shape.filters - {WORDS})
        if shape.is_behind_cursor:
            conditions.append(order.follows)
        return select(*self._columns.values(), *composed).where(*conditions).order_by(*order.sorting)

    def _compose_count(self, filters: frozenset[str]) -> PreparedStatement[int]:
        statement = self._counts[filters] = PreparedStatement(self._count(filters), int)
        return statement

    def _count(self, filters: frozenset[str]) -> Select[tuple[int]]:
        bounded = select(self._column("id")).where(*self.conditions(filters)).limit(TOTAL_MAX + 1).subquery()
        return select(func.count()).select_from(bounded)

    def _select(self, filters: frozenset[str], order: ListOrder) -> Select[Any]:
        return select(*self._columns.values()).where(*self.conditions(filters)).order_by(*order.sorting)

    def conditions(self, filters: frozenset[str]) -> list[SQLColumnExpression[bool]]:
        """Return what the rows fulfil under some filters."""
        conditions = [*self._conditions, *(self._filters[name] for name in sorted(filters & self._filters.keys()))]
        if self._owner and "owner_id" in filters:
            conditions.append(self._column(self._owner) == bindparam("owner_id"))
        return conditions

    def _column(self, name: str) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(self.model, name)
        return column


def _reach(query: PageQuery) -> int:
    """Return how many rows a page and those before it have, or a little more: a power of two, so that few texts do.

    PostgreSQL has to see in the text that they are few. For a limit that it is given it plans to read a tenth of all,
    and sorts them.
    """
    return 1 << (query.offset + query.limit).bit_length()


def _digest(asked: str, work: UnitOfWork) -> str:
    """Return what a cursor keeps of the list that it belongs to, and whose that is."""
    owner = work.scope.org_id if isinstance(work.scope, OrganizationScope) else None
    return blake2s(f"{owner} {asked}".encode(), digest_size=6).hexdigest()


def _parameters(condition: ColumnElement[bool]) -> frozenset[str]:
    """Return the names of what a condition has to be told."""
    binds = (part for part in visitors.iterate(condition) if isinstance(part, BindParameter))
    return frozenset(bind.key for bind in binds if bind.required)
