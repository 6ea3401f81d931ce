"""Conditions on parts of texts, as people type them: nothing in a part is a wildcard.

A parameter that is given as a part becomes a pattern everywhere in a statement: what equals it has another name.
"""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Dialect, SQLColumnExpression, Text, type_coerce
from sqlalchemy.types import TypeDecorator

_ESCAPE = "/"


class _Part(TypeDecorator[str]):
    """A part of a text; it becomes a pattern on its way to the database."""

    impl = Text
    cache_ok = True

    def __init__(self, before: str, after: str) -> None:
        """Take the wildcards on either side of the part."""
        super().__init__()
        self.before, self.after = before, after

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the pattern of a part."""
        del dialect
        if value is None:
            return None
        for character in (_ESCAPE, "%", "_"):
            value = value.replace(character, _ESCAPE + character)
        return f"{self.before}{value}{self.after}"


def contains(column: SQLColumnExpression[Any], part: str | BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that a text holds a part, in any case."""
    return column.ilike(type_coerce(part, _Part("%", "%")), escape=_ESCAPE)


def begins_with(column: SQLColumnExpression[Any], part: str | BindParameter[Any]) -> ColumnElement[bool]:
    """Return the condition that a text begins with a part, in the same case."""
    return column.like(type_coerce(part, _Part("", "%")), escape=_ESCAPE)
