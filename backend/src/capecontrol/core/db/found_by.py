"""Rows whose ids another query finds, which is asked once."""

import uuid

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Uuid, any_, func
from sqlalchemy.dialects.postgresql import ARRAY


def found_by(identifier: SQLColumnExpression[uuid.UUID], query: Select[tuple[uuid.UUID]]) -> ColumnElement[bool]:
    """Return the condition that an id is one of those a query finds; the query is asked once, before the rest.

    With ``in (select ...)`` PostgreSQL may ask it again for each row. It does so when it believes the table to be
    nearly empty, which is what its statistics say of one that has just been filled: what sorts all rows then sorts
    them once for each, and what locks its first rows locks more of them each time.
    """
    ids = func.array(query.scalar_subquery(), type_=ARRAY(Uuid))
    return identifier == any_(ids)
