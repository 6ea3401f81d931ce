"""What a transaction inserts last: rows that nothing in it reads, of all tables together in one statement.

Audit events, entries of the activity and announcements are written by every act and read back by none. Inserted one by
one, each would cost a round trip and the work of the ORM while the rows that the act has locked wait.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Column, Dialect, Select, bindparam, column, func, insert, inspect, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm.attributes import instance_dict

from capecontrol.core.db.base import Base
from capecontrol.core.db.session import stamp_new

#: A model, and the names of those attributes that its rows give.
_Shape = tuple[type[Base], tuple[str, ...]]


class ClosingInsert:
    """The rows that wait for the end of a transaction."""

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[_Shape, list[Mapping[str, object]]] = {}

    def add(self, row: Base, now: datetime) -> None:
        """Take a row and stamp it. What it does not give is left to the table's defaults; the model's do not apply."""
        stamp_new(row, now)
        given = {name: value for name, value in instance_dict(row).items() if name != "_sa_instance_state"}
        self._rows.setdefault((type(row), tuple(sorted(given))), []).append(given)

    async def run(self, connection: AsyncConnection, role: str) -> None:
        """Insert the rows."""
        text = _text(tuple(self._rows), role, connection.dialect)
        rows = tuple(json.dumps(rows, default=_to_json) for rows in self._rows.values())
        await connection.exec_driver_sql(text, rows)


@lru_cache
def _text(shapes: tuple[_Shape, ...], role: str, dialect: Dialect) -> str:
    """Return the statement that inserts rows of these shapes; its parameters are a list of rows for each, as JSON."""
    inserts = (_insert(model, names, number) for number, (model, names) in enumerate(shapes))
    statement: Select[Any] = select(literal_column("1")).add_cte(*inserts)
    # A text of its own for each role, as prepared reads have.
    return f"{statement.compile(dialect=dialect)} -- {role}"


def _insert(model: type[Base], names: tuple[str, ...], number: int) -> CTE:
    columns: list[Column[object]] = [inspect(model).columns[name] for name in names]
    given = func.jsonb_to_recordset(bindparam(f"rows_{number}", type_=JSONB))
    rows = given.table_valued(*(column(name, one.type) for name, one in zip(names, columns, strict=True)))
    read = select(rows.render_derived(name="row", with_types=True))
    return (
        insert(model).from_select([one.key for one in columns], read, include_defaults=False).cte(f"closing_{number}")
    )


def _to_json(value: object) -> str:
    match value:
        case uuid.UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON here")
