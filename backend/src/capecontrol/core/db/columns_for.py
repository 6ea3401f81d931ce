"""Columns in the order in which a dataclass takes their values."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Label, SQLColumnExpression


def columns_for(row: type, **columns: SQLColumnExpression[Any]) -> tuple[Label[Any], ...]:
    """Return the columns that a SELECT makes a dataclass of, in the order of its members and labelled as they are.

    By position two texts could be swapped and nobody would notice.

    Raises:
        TypeError: a member has no column, or a column is of no member.
    """
    names = [field.name for field in fields(row)]
    if set(names) != columns.keys():
        raise TypeError(f"{row.__name__} has {', '.join(names)}, not {', '.join(columns)}")
    return tuple(columns[name].label(name) for name in names)
