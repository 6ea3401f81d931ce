"""Prepared reads within the scope of a unit of work: what a DAO keeps for the statements that each request makes."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, union_all
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.prepared_read import PreparedRead
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.work import UnitOfWork

R = TypeVar("R")
#: Gives the conditions that keep rows inside a scope, by the column that tells whose they are.
Owned = Callable[[SQLColumnExpression[Any]], tuple[ColumnElement[bool], ...]]
#: Writes a SELECT within a scope.
Part = Callable[[Owned], Select[Any]]


class ScopedRead(Generic[R]):
    """A prepared read that names the organization in an organization's scope, as every query of a DAO does."""

    def __init__(self, statement: Select[Any], row: Callable[..., R], *, owner: InstrumentedAttribute[Any]) -> None:
        """Take a SELECT with named parameters, what is made of a row's values, and the column that tells the owner."""
        self._everywhere = PreparedRead(statement, row)
        self._owned = PreparedRead(statement.where(owner == bindparam("owner_id")), row)

    async def one(self, work: UnitOfWork, **parameters: object) -> R | None:
        """Return the first row, or None."""
        rows = await self.all(work, **parameters)
        return rows[0] if rows else None

    async def all(self, work: UnitOfWork, **parameters: object) -> list[R]:
        """Return all rows (bounded by the statement's own limit)."""
        if isinstance(work.scope, OrganizationScope) and work.filters_by_scope:
            return await self._owned.all(work.transaction, owner_id=work.scope.org_id, **parameters)
        return await self._everywhere.all(work.transaction, **parameters)


class ScopedUnion(ScopedRead[R]):
    """The rows of several SELECTs of one shape, of one feature or of several, in one round trip.

    In which order the parts come, and the rows of each, is not promised.
    """

    def __init__(self, *parts: Part, row: Callable[..., R]) -> None:
        """Take what writes the SELECTs, each with its rows' owner, and what is made of a row's values."""
        self._everywhere = PreparedRead(union_all(*(part(_of_anybody) for part in parts)), row)
        self._owned = PreparedRead(union_all(*(part(_of_owner) for part in parts)), row)


def _of_anybody(owner: SQLColumnExpression[Any]) -> tuple[ColumnElement[bool], ...]:
    del owner
    return ()


def _of_owner(owner: SQLColumnExpression[Any]) -> tuple[ColumnElement[bool], ...]:
    return (owner == bindparam("owner_id"),)
