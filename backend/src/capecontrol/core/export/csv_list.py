"""Lists as CSV: the rows that a list has, in its order, written by PostgreSQL a part at a time.

A part is read in a transaction of its own, so that no connection is held while somebody reads the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, select, true, tuple_

from capecontrol.core.db.constant import constant
from capecontrol.core.db.copied_statement import CopiedStatement
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.export.column import Column
from capecontrol.core.export.span import BEGAN_AT, PART_BYTES, Part, Place, Span, fitting
from capecontrol.core.lists.list_order import ListOrder
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.work import UnitOfWork

#: Excel takes a file for the machine's old character set unless it begins so; others skip it.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_END = "end_"


@dataclass(frozen=True, slots=True)
class _Shape:
    """Of what kind a statement is: its filters, its order, at which of its two ends it is bounded.

    One that looks for an end has the number of rows up to there.
    """

    filters: frozenset[str]
    order: str
    has_start: bool
    has_end: bool = False
    rows: int = 0


class CsvList:
    """A list's columns in a file, and how it is read."""

    def __init__(
        self,
        name: str,
        rows: PageRead[Any],
        *columns: Column,
        area: str,
        joins: Sequence[FromClause] = (),
        has_mark: bool = True,
    ) -> None:
        """Describe the file.

        Args:
            name: the list's: the file is called so, and the audit log names it.
            rows: which rows it has, and in which orders.
            columns: what is written of each.
            area: how the acts of the audit log begin that tell of it.
            joins: where else columns come from: what looks up one row for each of the list (``lateral``, with a limit,
                since PostgreSQL would otherwise read whole tables for each part). Where there is none, cells are empty.
            has_mark: whether the file begins with a byte order mark.
        """
        self.name = name
        self.area = area
        self.rows = rows
        self._columns = columns
        self._joins = joins
        self._has_mark = has_mark
        self._ends: dict[_Shape, PreparedStatement[Place]] = {}
        self._parts: dict[_Shape, CopiedStatement] = {}

    @property
    def head(self) -> bytes:
        """Return what stands before the rows."""
        names = ",".join(column.name for column in self._columns)
        return (BYTE_ORDER_MARK if self._has_mark else b"") + names.encode() + b"\r\n"

    async def part(self, work: UnitOfWork, span: Span, sort: str, **wanted: object) -> Part:
        """Return the next lines of the file, fewer than the span has where their rows are long.

        First it is asked where they end, then they are written: two statements, of which the first reads an index.

        Args:
            work: the unit of work; in an organization's scope the list is that organization's.
            span: which rows.
            sort: the order.
            wanted: values of the list's filters, as its pages are asked for.

        Raises:
            TypeError: there is no such filter.
        """
        order, asked = self.rows.order(sort), self.rows.wanted(work, wanted)
        values = {**asked.values, BEGAN_AT.key: span.began_at}
        if span.after is not None:
            values |= order.behind(span.after)
        rows = span.rows
        while True:
            shape = _Shape(asked.filters, order.name, span.after is not None)
            last = await self._end(replace(shape, rows=rows), order).all(work.transaction, **values)
            ends = {f"{_END}{number}": value for number, value in enumerate(last[0] if last else ())}
            part = self._part(replace(shape, has_end=bool(last)), order)
            copied = await part.lines(work.transaction, values | ends, bytes_max=PART_BYTES if rows > 1 else None)
            if copied.lines is not None:
                return Part(copied.lines, copied.rows, last[0] if last else None)
            rows = min(rows // 2, fitting(copied.size // copied.rows))

    def _end(self, shape: _Shape, order: ListOrder) -> PreparedStatement[Place]:
        return self._ends.get(shape) or self._compose_end(shape, order)

    def _part(self, shape: _Shape, order: ListOrder) -> CopiedStatement:
        return self._parts.get(shape) or self._compose_part(shape, order)

    def _compose_end(self, shape: _Shape, order: ListOrder) -> PreparedStatement[Place]:
        # In the text: PostgreSQL plans for as few rows as these, whatever the parameters are.
        last = self._bounded(select(*order.keys), shape, order).offset(constant(shape.rows - 1)).limit(constant(1))
        statement = self._ends[shape] = PreparedStatement(last, lambda *values: values)
        return statement

    def _compose_part(self, shape: _Shape, order: ListOrder) -> CopiedStatement:
        lines = select(*(column.written.label(column.name) for column in self._columns)).select_from(self.rows.model)
        for table in self._joins:
            lines = lines.outerjoin(table, true())
        lines = self._bounded(lines, shape, order)
        if shape.has_end:
            lines = lines.where(*_up_to_end(order))
        statement = self._parts[shape] = CopiedStatement(lines)
        return statement

    def _bounded(self, statement: Select[Any], shape: _Shape, order: ListOrder) -> Select[Any]:
        statement = statement.where(*self.rows.conditions(shape.filters), self.rows.by <= BEGAN_AT)
        if shape.has_start:
            statement = statement.where(order.follows, order.follows_by_first)
        return statement.order_by(*order.sorting)


def _up_to_end(order: ListOrder) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the condition that a row does not come behind the part's last.

    The first key is compared by itself, too, as in ``ListOrder.follows_by_first``.
    """
    ends = [bindparam(f"{_END}{number}", type_=key.type) for number, key in enumerate(order.keys)]
    if order.is_descending:
        return tuple_(*order.keys) >= tuple_(*ends), order.keys[0] >= ends[0]
    return tuple_(*order.keys) <= tuple_(*ends), order.keys[0] <= ends[0]
