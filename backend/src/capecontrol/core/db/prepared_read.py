"""Reads that every request makes."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Integer, Select, Text, literal_column

from capecontrol.core.db.prepared_statement import PreparedStatement

R = TypeVar("R")


class PreparedRead(PreparedStatement[R]):
    """A prepared SELECT."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any], row: Callable[..., R]) -> None:
        """Take the statement, and what is made of the values of a row, in the order of its columns."""
        super().__init__(statement, row)


def constant(value: StrEnum | int) -> ColumnElement[Any]:
    """Return a value of ours that stands in the text of a statement, where a parameter would else take its place.

    PostgreSQL soon plans a prepared statement without looking at its parameters. It then takes a partial index only
    when the text says what the index is of, and knows how few rows a limit leaves only when the text says that, too.
    """
    if isinstance(value, int):
        return literal_column(str(value), Integer)
    quoted = value.replace("'", "''")
    return literal_column(f"'{quoted}'", Text)
