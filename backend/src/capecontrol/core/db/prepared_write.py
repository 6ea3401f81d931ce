"""Writes that many requests make."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from capecontrol.core.db.prepared_statement import PreparedStatement

R = TypeVar("R")


class PreparedWrite(PreparedStatement[R]):
    """A prepared INSERT or UPDATE that returns what it wrote.

    Every column's value is a parameter or part of the statement: defaults of the model do not apply, and nothing is
    stamped. The session knows nothing of it.
    """

    def __init__(self, statement: ReturningInsert[Any] | ReturningUpdate[Any], row: Callable[..., R]) -> None:
        """Take the statement, and what is made of the values of a row, in the order of what it returns."""
        super().__init__(statement, row)
