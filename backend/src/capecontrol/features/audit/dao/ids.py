"""Ids in the texts of the audit log, where anything else may stand, too."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, Uuid, case, cast, func, literal_column

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EMPTY, _DIGITS, _HYPHENS, _LENGTHS = (
    literal_column(f"'{word}'", Text)
    for word in ("", "0123456789abcdef", "----", "________-____-____-____-____________")
)


def is_id(text: str) -> bool:
    """Tell whether a text is an id as the log writes it."""
    return _ID.fullmatch(text) is not None


def uuid_in(column: SQLColumnExpression[Any]) -> ColumnElement[UUID | None]:
    """Return the id that a text is, if it is one."""
    # As ``_ID``, which would take longer than all else that is done with a row.
    is_one = column.like(_LENGTHS) & (func.translate(column, _DIGITS, _EMPTY) == _HYPHENS)
    return case((is_one, cast(column, Uuid)))
