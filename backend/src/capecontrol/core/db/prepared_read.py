"""Reads that every request makes."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select

from capecontrol.core.db.prepared_statement import PreparedStatement

R = TypeVar("R")


class PreparedRead(PreparedStatement[R]):
    """A prepared SELECT."""

    def __init__(self, statement: Select[Any], row: Callable[..., R]) -> None:
        """Take the statement, and what is made of the values of a row, in the order of its columns."""
        super().__init__(statement, row)
