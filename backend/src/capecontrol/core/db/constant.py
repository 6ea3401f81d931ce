"""Values of ours in the text of a statement."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, literal_column


def constant(value: StrEnum | int) -> ColumnElement[Any]:
    """Return a value of ours that stands in the text of a statement, where a parameter would else take its place.

    PostgreSQL soon plans a prepared statement without looking at its parameters. It then takes a partial index only
    when the text says what the index is of, and knows how few rows a limit leaves only when the text says that, too.
    """
    if isinstance(value, int):
        return literal_column(str(value), Integer)
    quoted = value.replace("'", "''")
    return literal_column(f"'{quoted}'", Text)
