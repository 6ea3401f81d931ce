"""Prepared changes within the scope of a unit of work: what a DAO keeps for those that many requests make."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Update, bindparam
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.scoped_statement import ScopedStatement

R = TypeVar("R")


class ScopedWrite(ScopedStatement[R]):
    """A prepared UPDATE within a scope."""

    def __init__(
        self, statement: Update, returned: tuple[Any, ...], row: Callable[..., R], *, owner: InstrumentedAttribute[Any]
    ) -> None:
        """Take an UPDATE with named parameters, what it returns, what is made of that, and the owner's column."""
        owned = statement.where(owner == bindparam("owner_id"))
        super().__init__(
            PreparedStatement(statement.returning(*returned), row), PreparedStatement(owned.returning(*returned), row)
        )
