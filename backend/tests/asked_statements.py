"""Collects what transactions ask of PostgreSQL: through SQLAlchemy, and of the driver alone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import asyncpg
from sqlalchemy import event

from capecontrol.core.db.transaction import Transaction
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory
from tests.watched_transactions import watched_transactions

_OF_TYPES = re.compile(r"typeinfo_tree|'jit'")
Statement = tuple[str, tuple[object, ...]]


@dataclass
class AskedStatements:
    """Statements with their parameters: of SQLAlchemy, and of the driver."""

    composed: list[Statement] = field(default_factory=list)
    prepared: list[Statement] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [statement for statement, _ in self.composed + self.prepared]

    def clear(self) -> None:
        self.composed.clear()
        self.prepared.clear()

    async def plans(self, work: UnitOfWork, is_wanted: Callable[[str], bool]) -> list[str]:
        """Return how PostgreSQL would answer those that are wanted."""
        connection = await work.session.connection()
        composed = [one for one in self.composed if is_wanted(one[0])]
        prepared = [one for one in self.prepared if is_wanted(one[0])]
        return [
            "\n".join((await connection.exec_driver_sql(f"explain {statement}", parameters)).scalars())
            for statement, parameters in composed
        ] + [
            "\n".join(row[0] for row in await work.transaction.driver.fetch(f"explain {statement}", *parameters))
            for statement, parameters in prepared
        ]

    def note_composed(
        self, connection: object, cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        """Take what SQLAlchemy is about to send."""
        self.composed.append((statement, parameters))

    def note_prepared(self, query: Any) -> None:
        """Take what the driver has sent for somebody; what it asks of types, once a connection, is its own affair."""
        if not _OF_TYPES.search(query.query):
            self.prepared.append((query.query, query.args))

    def watch(self, transaction: Transaction) -> None:
        """Listen to a connection that a transaction begins on."""
        _driver_of(transaction).add_query_logger(self.note_prepared)

    def forget(self, transaction: Transaction) -> None:
        """Listen to it no longer."""
        _driver_of(transaction).remove_query_logger(self.note_prepared)


def _driver_of(transaction: Transaction) -> asyncpg.Connection:
    return cast("asyncpg.Connection", transaction.driver)


async def how_answered(driver: asyncpg.Connection, asked: Statement, mode: str) -> str:
    """Let PostgreSQL answer a prepared statement, planned for its values or for any (``plan_cache_mode``), and say how.

    As SQL, since an EXPLAIN of a statement with parameters is planned for their values in either mode.
    """
    statement, values = asked
    literals = [await driver.fetchval("select quote_nullable($1)", None if one is None else str(one)) for one in values]
    await driver.execute(f"set local plan_cache_mode = {mode}")
    await driver.execute(f"prepare asked as {statement}")
    rows = await driver.fetch(f"explain (analyze, buffers) execute asked({', '.join(literals)})")
    await driver.execute("deallocate asked")
    return "\n".join(row[0] for row in rows)


@contextmanager
def asked_statements(factory: UnitOfWorkFactory) -> Iterator[AskedStatements]:
    """Collect while the block runs."""
    seen, engine = AskedStatements(), factory.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", seen.note_composed)
    try:
        with watched_transactions(seen.watch, seen.forget):
            yield seen
    finally:
        event.remove(engine, "before_cursor_execute", seen.note_composed)
