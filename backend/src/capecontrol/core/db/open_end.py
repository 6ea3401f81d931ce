"""Spans of time without an end in the text of a statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, literal_column

#: What nothing reaches, for PostgreSQL's planner. Not knowing a parameter, it guesses that a third of a table lies
#: behind a moment, and half a percent of it between two. By the first guess its plan for any parameters looks worse
#: than one for those at hand, so that it plans a prepared statement anew each time it is sent.
_END_OF_TIME: ColumnElement[datetime] = literal_column("'infinity'::timestamptz")


def after(column: SQLColumnExpression[Any], moment: BindParameter[datetime]) -> ColumnElement[bool]:
    """Say that a column's moment is later than a given one."""
    return (column > moment) & (column < _END_OF_TIME)


def at_or_after(column: SQLColumnExpression[Any], moment: BindParameter[datetime]) -> ColumnElement[bool]:
    """Say that a column's moment is a given one or later."""
    return (column >= moment) & (column < _END_OF_TIME)
