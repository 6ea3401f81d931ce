"""Lists, with their statements compiled once for each combination of filters that is asked for."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import visitors

from capecontrol.core.db.base import Base, columns_of
from capecontrol.core.db.model_row import model_row
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.pagination import TOTAL_MAX, Cursor, PageQuery, Slice, sliced
from capecontrol.core.work import UnitOfWork

M = TypeVar("M", bound=Base)


#: What a row calls the number of all rows.
_TOTAL = "rows_in_all"
#: How many rows a list that is read whole holds in memory at once.
STREAM_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A combination of filters, and the values of their parameters."""

    shape: frozenset[str]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Statements:
    """The statements of a list under one combination of filters: its rows, and how many there are in all."""

    rows: PreparedStatement[Any]
    count: PreparedStatement[int]
    #: Whether the number in all comes with the rows.
    is_counted: bool


class PageRead(Generic[M]):
    """A list of a model's rows, newest first, within the scope of a unit of work.

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
        owner: str | None = "org_id",
        searches: Collection[str] = (),
        **filters: ColumnElement[bool],
    ) -> None:
        """Describe the list.

        Args:
            model: whose rows it has.
            conditions: what each of its rows fulfils.
            by: the time that sorts it.
            owner: the column that tells the owner; None for a table that belongs to the platform.
            searches: those filters that no index answers. What fulfils them is counted by itself and only when the page
                does not tell it: who counts with the rows goes through everything twice to find a few.
            filters: what it may be narrowed by.
        """
        self._model = model
        self._by = by
        self._owner = owner
        self._conditions = conditions
        self._searches = frozenset(searches)
        self._filters = filters
        parameters = {name: _parameters(condition) for name, condition in filters.items()}
        self._parameters = frozenset().union(*parameters.values())
        self._switches = frozenset(name for name in filters if name not in parameters[name])
        self._columns = columns_of(model)
        self._row = model_row(model, _TOTAL)
        self._statements: dict[frozenset[str], _Statements] = {}

    async def page(self, work: UnitOfWork, query: PageQuery, **wanted: object) -> Slice[M]:
        """Return a page: one statement, or two where the number of rows in all is told neither with them nor by them.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            query: which page.
            wanted: values of filters, and of what else their conditions name.

        Raises:
            TypeError: there is no such filter.
        """
        asked = self._wanted(work, wanted)
        shape, values = asked.shape, {**asked.values, "page_offset": query.offset, "page_limit": query.limit + 1}
        if query.cursor is not None:
            shape |= {"cursor"}
            values |= {"cursor_at": query.cursor.at, "cursor_id": query.cursor.id}
        statements = self._statements.get(shape) or self._compose(shape)
        found = await statements.rows.all(work.transaction, **values)

        async def count() -> int:
            if found and statements.is_counted:
                return int(getattr(found[0], _TOTAL))
            return await statements.count.one(work.transaction, **asked.values)

        return await sliced(found, query, count, lambda row: Cursor(getattr(row, self._by), row.id))

    async def stream(self, work: UnitOfWork, **wanted: object) -> AsyncIterator[M]:
        """Yield the rows of the whole list in its order, through a server-side cursor: constant memory.

        Raises:
            TypeError: there is no such filter.
        """
        asked = self._wanted(work, wanted)
        statement = self._select(asked.shape).execution_options(yield_per=STREAM_CHUNK)
        async with work.transaction.connection.stream(statement, dict(asked.values)) as rows:
            async for row in rows:
                yield self._row(*row)

    def _wanted(self, work: UnitOfWork, wanted: Mapping[str, object]) -> _Wanted:
        if strange := wanted.keys() - self._filters.keys() - self._parameters:
            raise TypeError(f"a list of {self._model.__name__} has no filter {', '.join(sorted(strange))}")
        given = {name: value for name, value in wanted.items() if value is not None}
        shape = {name for name in given.keys() & self._filters.keys() if name not in self._switches or given[name]}
        values = {name: given[name] for name in given.keys() & self._parameters}
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope and self._owner:
            shape.add("owner_id")
            values["owner_id"] = work.scope.org_id
        return _Wanted(frozenset(shape), values)

    def _compose(self, shape: frozenset[str]) -> _Statements:
        identifier, is_counted = self._column("id"), not shape & self._searches
        bounded = select(identifier).where(*self._where(shape)).limit(TOTAL_MAX + 1).subquery()
        total = select(func.count()).select_from(bounded)
        rows = self._select(shape)
        if is_counted:
            # PostgreSQL counts once, for the first row, and the count comes with each.
            rows = rows.add_columns(total.scalar_subquery())
        if "cursor" in shape:
            at = self._column(self._by)
            place = (bindparam("cursor_at", type_=at.type), bindparam("cursor_id", type_=identifier.type))
            rows = rows.where(tuple_(at, identifier) < tuple_(*place))
        rows = rows.offset(bindparam("page_offset", type_=Integer)).limit(bindparam("page_limit", type_=Integer))
        composed = self._statements[shape] = _Statements(
            PreparedStatement(rows, self._row), PreparedStatement(total, int), is_counted
        )
        return composed

    def _select(self, shape: frozenset[str]) -> Select[Any]:
        order = self._column(self._by).desc(), self._column("id").desc()
        return select(*self._columns.values()).where(*self._where(shape)).order_by(*order)

    def _where(self, shape: frozenset[str]) -> list[SQLColumnExpression[bool]]:
        conditions = [*self._conditions, *(self._filters[name] for name in sorted(shape & self._filters.keys()))]
        if self._owner and "owner_id" in shape:
            conditions.append(self._column(self._owner) == bindparam("owner_id"))
        return conditions

    def _column(self, name: str) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(self._model, name)
        return column


def _parameters(condition: ColumnElement[bool]) -> frozenset[str]:
    """Return the names of what a condition has to be told."""
    binds = (part for part in visitors.iterate(condition) if isinstance(part, BindParameter))
    return frozenset(bind.key for bind in binds if bind.required)
