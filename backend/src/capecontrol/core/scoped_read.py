"""Prepared reads within the scope of a unit of work: what a DAO keeps for the statements that each request makes."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, union_all
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.prepared_statement import PreparedRead
from capecontrol.core.scoped_statement import ScopedStatement

R = TypeVar("R")
#: Gives the conditions that keep rows inside a scope, by the column that tells whose they are.
Owned = Callable[[SQLColumnExpression[Any]], tuple[ColumnElement[bool], ...]]
#: Writes a SELECT within a scope.
Part = Callable[[Owned], Select[Any]]


class ScopedRead(ScopedStatement[R]):
    """A prepared read within a scope."""

    def __init__(self, statement: Select[Any], row: Callable[..., R], *, owner: InstrumentedAttribute[Any]) -> None:
        """Take a SELECT with named parameters, what is made of a row's values, and the column that tells the owner."""
        super().__init__(
            PreparedRead(statement, row), PreparedRead(statement.where(owner == bindparam("owner_id")), row)
        )


class ScopedUnion(ScopedStatement[R]):
    """The rows of several SELECTs of one shape, of one feature or of several, in one round trip.

    In which order the parts come, and the rows of each, is not promised.
    """

    def __init__(self, *parts: Part, row: Callable[..., R]) -> None:
        """Take what writes the SELECTs, each with its rows' owner, and what is made of a row's values."""
        super().__init__(
            PreparedRead(union_all(*(part(_of_anybody) for part in parts)), row),
            PreparedRead(union_all(*(part(_of_owner) for part in parts)), row),
        )


def _of_anybody(owner: SQLColumnExpression[Any]) -> tuple[ColumnElement[bool], ...]:
    del owner
    return ()


def _of_owner(owner: SQLColumnExpression[Any]) -> tuple[ColumnElement[bool], ...]:
    return (owner == bindparam("owner_id"),)
