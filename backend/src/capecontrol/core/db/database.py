"""The database of a process: a pool of connections, and transactions that carry a scope."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.core.db.driver import DatabaseAway, driver_of
from capecontrol.core.db.scope import Scope
from capecontrol.core.db.transaction import Transaction

#: Statements that each connection keeps prepared: more than the product has in use.
PREPARED_STATEMENTS = 256


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many connections one process holds at most, and how long a caller waits for one.

    There is no overflow above the size: a connection that is closed again after a rush costs more than the wait that it
    saves, and whoever stays above the size pays for a new one at every second request.
    """

    size: int = 12
    timeout_seconds: float = 5.0


class Database:
    """An engine and its scoped transactions."""

    def __init__(self, url: str, pool: PoolSize | None = None, *, filters_by_scope: bool = True) -> None:
        """Open lazily.

        Args:
            url: ``postgresql://…``, as `DatabaseAddress` reads it.
            pool: the connection budget of this process.
            filters_by_scope: whether DAOs add the organization to every query. Only the isolation tests switch it
                off, to prove that row-level security holds alone.
        """
        pool = pool or PoolSize()
        self.filters_by_scope = filters_by_scope
        #: How many connections there may be at a time.
        self.connections_max = pool.size
        self.engine: AsyncEngine = DatabaseAddress.parse(url).create_engine(
            pool_size=pool.size,
            max_overflow=0,
            pool_timeout=pool.timeout_seconds,
            # The same few connections again: their statements are prepared.
            pool_use_lifo=True,
            # An error's text goes to the log, and parameters are people's data and hashes of secrets.
            hide_parameters=True,
            connect_args={
                "timeout": 5,
                "command_timeout": 30,
                "prepared_statement_cache_size": PREPARED_STATEMENTS,
                "statement_cache_size": PREPARED_STATEMENTS,
            },
            session_settings={"application_name": "capecontrol"},
        )
        # The same pool; SQLAlchemy begins and ends nothing on these connections, because a Transaction does.
        self._manual = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def transaction(self, scope: Scope, now: Callable[[], datetime]) -> AsyncIterator[Transaction]:
        """Open a transaction; commit when the block ends well, roll back when it raises.

        Args:
            scope: on whose behalf.
            now: the clock that stamps rows.

        Raises:
            DatabaseAway: the server cannot be reached.
        """
        transaction = await self._begin(scope, now)
        try:
            try:
                yield transaction
                await transaction.commit()
            except BaseException:
                await transaction.abandon()
                raise
            finally:
                await transaction.close()
        finally:
            await transaction.connection.close()

    async def _begin(self, scope: Scope, now: Callable[[], datetime]) -> Transaction:
        """Begin on a connection that lives.

        None is asked beforehand whether it does. One that the server closed is known here without asking; one that is
        dead unnoticed fails now, when nothing has happened in it, and another is taken, once.
        """
        has_failed = False
        while True:
            connection = await self._manual.connect()
            is_begun = False
            try:
                transaction = Transaction(connection, driver_of(connection), scope, now)
                if not transaction.driver.is_closed():
                    await transaction.begin()
                    is_begun = True
                    return transaction
            except DatabaseAway:
                if has_failed:
                    raise
                has_failed = True
            finally:
                if not is_begun:
                    await connection.invalidate()
                    await connection.close()

    async def close(self) -> None:
        """Close the pool."""
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the pool."""
        await self.close()
