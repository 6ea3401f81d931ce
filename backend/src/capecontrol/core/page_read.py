"""Lists, with their statements compiled once for each combination of filters that is asked for."""

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.base import Base, columns_of
from capecontrol.core.db.prepared_read import PreparedRead
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.pagination import TOTAL_MAX, Cursor, PageQuery, Slice, sliced
from capecontrol.core.work import UnitOfWork

M = TypeVar("M", bound=Base)


#: What a row calls the number of all rows.
_TOTAL = "rows_in_all"


@dataclass(frozen=True, slots=True)
class _Statements:
    """The statements of a list under one combination of filters: its rows with their number in all, and that alone."""

    rows: PreparedRead[Any]
    count: PreparedRead[int]


class PageRead(Generic[M]):
    """A list of a model's rows, newest first, within the scope of a unit of work.

    ``filters`` are conditions by name; each names its parameter as itself (``status=Project.status ==
    bindparam("status")``), or has none. A page is asked for with values for some of them: None stands for a filter that
    is not applied, and True for one that has no parameter. The rows have the columns of the model and are no objects of
    a session: a list changes nothing.
    """

    def __init__(
        self, model: type[M], *, by: str = "created_at", owner: str | None = "org_id", **filters: ColumnElement[bool]
    ) -> None:
        """Take the model, the time that sorts it, the column that tells the owner, and the filters."""
        self._model = model
        self._by = by
        self._owner = owner
        self._filters = filters
        self._columns = columns_of(model)
        self._row = cast("Callable[..., M]", namedtuple(f"{model.__name__}Row", (*self._columns, _TOTAL)))
        self._statements: dict[frozenset[str], _Statements] = {}

    async def page(self, work: UnitOfWork, query: PageQuery, **wanted: object) -> Slice[M]:
        """Return a page: one statement, or two where the page is empty and others may not be.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            query: which page.
            wanted: values of filters, and of what else their conditions name.
        """
        values = {name: value for name, value in wanted.items() if value is not None}
        shape = values.keys() & self._filters.keys()
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope and self._owner:
            shape.add("owner_id")
            values["owner_id"] = work.scope.org_id
        if query.cursor is not None:
            shape.add("cursor")
            values |= {"cursor_at": query.cursor.at, "cursor_id": query.cursor.id}
        statements = self._statements_of(frozenset(shape))
        found = await statements.rows.all(
            work.transaction, **values, page_offset=query.offset, page_limit=query.limit + 1
        )

        async def count() -> int:
            if found:
                return int(getattr(found[0], _TOTAL))
            (total,) = await statements.count.all(work.transaction, **values)
            return total

        return await sliced(found, query, count, lambda row: Cursor(getattr(row, self._by), row.id))

    def _statements_of(self, shape: frozenset[str]) -> _Statements:
        known = self._statements.get(shape)
        if known is None:
            known = self._statements[shape] = self._written(shape)
        return known

    def _written(self, shape: frozenset[str]) -> _Statements:
        at, identifier = self._column(self._by), self._column("id")
        conditions = [self._filters[name] for name in sorted(shape - {"owner_id", "cursor"})]
        if self._owner and "owner_id" in shape:
            conditions.append(self._column(self._owner) == bindparam("owner_id"))
        bounded = select(identifier).where(*conditions).limit(TOTAL_MAX + 1).subquery()
        total = select(func.count()).select_from(bounded)
        # PostgreSQL counts once, for the first row, and the count comes with each.
        rows: Select[Any] = select(*self._columns.values(), total.scalar_subquery()).where(*conditions)
        if "cursor" in shape:
            place = (bindparam("cursor_at", type_=at.type), bindparam("cursor_id", type_=identifier.type))
            rows = rows.where(tuple_(at, identifier) < tuple_(*place))
        rows = (
            rows.order_by(at.desc(), identifier.desc())
            .offset(bindparam("page_offset", type_=Integer))
            .limit(bindparam("page_limit", type_=Integer))
        )
        return _Statements(
            PreparedRead(rows, self._row),
            PreparedRead(total, lambda counted: counted),
        )

    def _column(self, name: str) -> InstrumentedAttribute[Any]:
        column: InstrumentedAttribute[Any] = getattr(self._model, name)
        return column


def containing(text: str | None) -> str | None:
    """Return the pattern of what holds a text, for ``ilike(bindparam(…), escape=ESCAPE)``; None without a text."""
    if not text:
        return None
    for character in (ESCAPE, "%", "_"):
        text = text.replace(character, ESCAPE + character)
    return f"%{text}%"


#: What makes a wildcard of a pattern plain.
ESCAPE = "/"
