"""Texts as lists sort them."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func


def sort_text(column: SQLColumnExpression[Any]) -> ColumnElement[str]:
    """Return a text by which rows are sorted, regardless of case.

    Bytes are compared, and only letters without accents have a case: it is the same on every machine, whatever
    PostgreSQL was built with. The index has ``lower(column collate "C")``.
    """
    return func.lower(column.collate("C"))
