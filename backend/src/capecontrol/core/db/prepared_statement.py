"""Statements that many requests make: written with SQLAlchemy, compiled once, run by the driver.

SQLAlchemy spends longer on a statement than PostgreSQL does: it looks its text up, converts parameters, wraps rows, and
compiles one with ``on conflict`` anew each time. What is the same each time but for its parameters need not pay that.
All other statements are better off with the transaction's session or connection: README.md beside this file.
"""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from sqlalchemy.engine import Dialect

from capecontrol.core.db.compiled_statement import CompiledStatement, Rows, compiled
from capecontrol.core.db.transaction import Transaction

R = TypeVar("R")


class PreparedStatement(Generic[R]):
    """A statement with named parameters (``bindparam``), whose rows become objects of one type.

    It reads, or writes and returns what it wrote. Of one that writes, every column's value is a parameter or part of
    the statement: defaults of the model do not apply, nothing is stamped, and the session knows nothing of it.
    """

    #: Whether it changes and locks nothing, so that nobody has to wait for the end of its transaction.
    only_reads: ClassVar[bool] = False

    def __init__(self, statement: Rows, row: Callable[..., R]) -> None:
        """Take the statement, and what is made of the values of a row, in the order of its columns."""
        self._statement = statement
        self._row = row
        self._compiled: dict[str, CompiledStatement] = {}

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
        role = transaction.scope.database_role
        statement = self._compiled.get(role) or self._compile(role, transaction.dialect)
        rows = []
        values = statement.values(parameters)
        for record in await transaction.fetch(statement.text, values, only_reads=self.only_reads):
            row = list(record)
            for place, convert in statement.conversions:
                row[place] = convert(row[place])
            rows.append(self._row(*row))
        return rows

    def _compile(self, role: str, dialect: Dialect) -> CompiledStatement:
        # A text of its own for each role: policies are part of a plan, and a plan made for one role would be made
        # again each time that the other comes along on the same connection.
        statement = self._compiled[role] = compiled(self._statement, dialect, remark=role)
        return statement


class PreparedRead(PreparedStatement[R]):
    """A prepared statement that changes and locks nothing: no ``for update``, no function that does more than tell."""

    only_reads = True
