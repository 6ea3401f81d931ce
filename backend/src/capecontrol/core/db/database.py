"""The database of a process: a pool of connections, and transactions that carry a scope."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import NullPool

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.core.db.driver import DatabaseAway
from capecontrol.core.db.lingering import Lingering
from capecontrol.core.db.pool import ConnectionPool, PooledConnection
from capecontrol.core.db.scope import Scope
from capecontrol.core.db.transaction import Transaction

#: Statements that each connection keeps prepared: more than the product has in use.
PREPARED_STATEMENTS = 256
#: How long a transaction that lingers may take to end until its connection is closed.
LINGERING_SECONDS = 2.0
#: The driver keeps no statement of more than 15 KiB by itself: the search of all kinds was prepared for each request.
STATEMENT_BYTES_MAX = 64 * 1024


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
            # What is taken from the engine itself is opened and closed: looks at the schema as a process starts.
            poolclass=NullPool,
            # An error's text goes to the log, and parameters are people's data and hashes of secrets.
            hide_parameters=True,
            connect_args={
                "timeout": 5,
                "command_timeout": 30,
                "prepared_statement_cache_size": PREPARED_STATEMENTS,
                "statement_cache_size": PREPARED_STATEMENTS,
                "max_cacheable_statement_size": STATEMENT_BYTES_MAX,
                # Else each is prepared again every five minutes. Whatever changes a table lets PostgreSQL plan anew.
                "max_cached_statement_lifetime": 0,
            },
            session_settings={"application_name": "capecontrol"},
        )
        self._pool = ConnectionPool(
            # SQLAlchemy begins and ends nothing on these connections, because a Transaction does.
            self.engine.execution_options(isolation_level="AUTOCOMMIT"),
            pool.size,
            pool.timeout_seconds,
        )
        self._lingering = Lingering()

    @property
    def connections_in_use(self) -> int:
        """Return how many connections carry a transaction now."""
        return self._pool.in_use

    @asynccontextmanager
    async def transaction(
        self, scope: Scope, now: Callable[[], datetime], *, may_linger: bool = False
    ) -> AsyncIterator[Transaction]:
        """Open a transaction; commit when the block ends well, roll back when it raises.

        Args:
            scope: on whose behalf.
            now: the clock that stamps rows.
            may_linger: whether a transaction that has only read may be ended when its block is left already. What it
                wrote is committed before that in any case.

        Raises:
            DatabaseAway: the server cannot be reached, or has no connection to spare.
        """
        pooled, transaction = await self._begin(scope, now)
        lingers = False
        try:
            try:
                yield transaction
                lingers = may_linger and transaction.has_only_read
                if not lingers:
                    await transaction.commit()
            except BaseException:
                await transaction.abandon()
                raise
            finally:
                await transaction.close()
        finally:
            if lingers:
                self._lingering.begin(self._end(pooled, transaction))
            else:
                await self._pool.give_back(pooled)

    async def _end(self, pooled: PooledConnection, transaction: Transaction) -> None:
        """End a transaction that has only read, of which nobody waits to hear."""
        try:
            await transaction.commit(LINGERING_SECONDS)
        except DatabaseAway:
            # Nothing is lost, and whoever closes the database waits for it.
            pooled.driver.terminate()
        finally:
            await self._pool.give_back(pooled)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that no transaction was begun on: the login's own, which sees no organization's rows.

        It is for questions about the installation itself.

        Raises:
            DatabaseAway: no connection is to spare.
        """
        pooled = await self._pool.take()
        try:
            yield pooled.connection
        finally:
            await self._pool.give_back(pooled)

    async def _begin(self, scope: Scope, now: Callable[[], datetime]) -> tuple[PooledConnection, Transaction]:
        """Begin on a connection that lives.

        None is asked beforehand whether it does. One that the server closed is known here without asking; one that is
        dead unnoticed fails now, when nothing has happened in it, and a new one is opened, once.
        """
        has_failed = False
        while True:
            pooled = await self._pool.take()
            transaction = Transaction(pooled.connection, pooled.driver, scope, now)
            try:
                await transaction.begin()
            except DatabaseAway:
                await self._pool.throw_away(pooled, is_dead=True)
                if has_failed:
                    raise
                has_failed = True
            except BaseException:
                await self._pool.throw_away(pooled, is_dead=False)
                raise
            else:
                return pooled, transaction

    async def settled(self) -> None:
        """Wait until no transaction lingers."""
        await self._lingering.ended()

    async def close(self) -> None:
        """Close the connections that nobody uses."""
        await self.settled()
        await self._pool.close()
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the pool."""
        await self.close()
