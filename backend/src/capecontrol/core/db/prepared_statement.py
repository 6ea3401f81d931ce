"""Statements that many requests make: written with SQLAlchemy, compiled once, run by the driver.

SQLAlchemy spends longer on a statement than PostgreSQL does: it looks its text up, converts parameters, wraps rows, and
compiles one with ``on conflict`` anew each time. What is the same each time but for its parameters need not pay that.
All other statements are better off with the transaction's session or connection: README.md beside this file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from capecontrol.core.db.scope import database_role
from capecontrol.core.db.transaction import Transaction

R = TypeVar("R")
Conversion = Callable[[Any], Any]
#: What returns rows.
Rows = Select[Any] | CompoundSelect[Any] | ReturningInsert[Any] | ReturningUpdate[Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it: its text, and how its parameters and columns are converted."""

    text: str
    parameters: tuple[tuple[str, Conversion | None], ...]
    constants: Mapping[str, object]
    #: What is to be given.
    names: frozenset[str]
    #: By the place of their column, for those columns that have one.
    conversions: tuple[tuple[int, Conversion], ...]


class PreparedStatement(Generic[R]):
    """A statement with named parameters (``bindparam``), whose rows become objects of one type.

    It reads, or writes and returns what it wrote. Of one that writes, every column's value is a parameter or part of
    the statement: defaults of the model do not apply, nothing is stamped, and the session knows nothing of it.
    """

    def __init__(self, statement: Rows, row: Callable[..., R]) -> None:
        """Take the statement, and what is made of the values of a row, in the order of its columns."""
        self._statement = statement
        self._row = row
        self._compiled: dict[str, _Compiled] = {}

    async def one(self, transaction: Transaction, **parameters: object) -> R:
        """Return the row of a statement that always has one.

        Raises:
            DatabaseAway: the connection broke.
        """
        (row,) = await self.all(transaction, **parameters)
        return row

    async def all(self, transaction: Transaction, **parameters: object) -> list[R]:
        """Return all rows.

        Raises:
            DatabaseAway: the connection broke.
            TypeError: the parameters are not those of the statement. One too many is a condition that was forgotten.
        """
        role = database_role(transaction.scope)
        compiled = self._compiled.get(role) or self._compile(role, transaction.connection.dialect)
        if parameters.keys() != compiled.names:
            raise TypeError(f"the statement takes {sorted(compiled.names)}, not {sorted(parameters)}")
        known = {**compiled.constants, **parameters}
        values = [
            known[name] if conversion is None else conversion(known[name]) for name, conversion in compiled.parameters
        ]
        rows = []
        for record in await transaction.fetch(compiled.text, values):
            values = list(record)
            for place, convert in compiled.conversions:
                values[place] = convert(values[place])
            rows.append(self._row(*values))
        return rows

    def _compile(self, role: str, dialect: Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect)
        compiled_for_role = self._compiled[role] = _Compiled(
            # A text of its own for each role: policies are part of a plan, and a plan made for one role would be made
            # again each time that the other comes along on the same connection.
            text=f"{compiled} -- {role}",
            parameters=tuple(
                (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
                for name in compiled.positiontup or ()
            ),
            names=frozenset(name for name, bind in compiled.binds.items() if bind.required),
            constants={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
            conversions=tuple(
                (place, convert)
                for place, column in enumerate(self._statement.exported_columns)
                if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
            ),
        )
        return compiled_for_role
