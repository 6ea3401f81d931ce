"""The connections of a process: opened as they are needed, kept open, and lent to one transaction at a time.

SQLAlchemy's pool lends the server's connection and wraps it anew each time, behind a switch of greenlets: as much work
as two statements. Here the wrapped connection is what is kept.
"""

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from capecontrol.core.db.driver import DatabaseAway, DriverConnection, driver_of


class PoolExhausted(DatabaseAway):
    """All connections are in use, and none came back in time."""


@dataclass(frozen=True, slots=True)
class PooledConnection:
    """Two views of one connection to the server: SQLAlchemy's, and the driver's beneath it."""

    connection: AsyncConnection
    driver: DriverConnection

    def is_clean(self) -> bool:
        """Tell whether the next one may have it: it lives, and nothing is open on it."""
        return not (self.connection.invalidated or self.driver.is_closed() or self.driver.is_in_transaction())

    async def end(self) -> None:
        """Close it without a word to the server, which may be gone."""
        self.driver.terminate()
        if not self.connection.invalidated:
            await self.connection.invalidate()
        await self.connection.close()


class ConnectionPool:
    """At most so many connections of an engine that itself keeps none.

    Whoever gave one back last gets it first: few connections do most of the work, and their statements are prepared.
    """

    def __init__(self, engine: AsyncEngine, size: int, timeout_seconds: float) -> None:
        """Take what opens connections, how many there may be, and how long a caller waits for one."""
        self._engine = engine
        self._timeout_seconds = timeout_seconds
        self._places = asyncio.Semaphore(size)
        self._idle: list[PooledConnection] = []
        self._in_use = 0

    @property
    def in_use(self) -> int:
        """Return how many connections are lent, or being opened for somebody."""
        return self._in_use

    async def take(self) -> PooledConnection:
        """Lend a connection. Whoever takes it gives it back, or throws it away.

        Raises:
            PoolExhausted: none came back in time.
            OSError: the server does not take another one (or any other error of the driver's).
        """
        await self._wait()
        self._in_use += 1
        try:
            while self._idle:
                pooled = self._idle.pop()
                if not pooled.driver.is_closed():
                    return pooled
                await pooled.end()
            connection = await self._engine.connect()
            return PooledConnection(connection, driver_of(connection))
        except BaseException:
            self._release()
            raise

    async def give_back(self, pooled: PooledConnection) -> None:
        """Keep a connection for the next one, unless it broke or something is still open on it."""
        try:
            if pooled.connection.in_transaction():
                # SQLAlchemy's own account of what it ran. Nothing is sent.
                await pooled.connection.rollback()
            if pooled.is_clean():
                self._idle.append(pooled)
            else:
                await pooled.end()
        except BaseException:
            pooled.driver.terminate()
            raise
        finally:
            self._release()

    async def throw_away(self, pooled: PooledConnection) -> None:
        """Close a connection that turned out to be dead, and those that lie idle: what broke it broke them, too."""
        idle, self._idle = self._idle, []
        try:
            for one in (pooled, *idle):
                await one.end()
        finally:
            self._release()

    async def close(self) -> None:
        """Close what lies idle; what is lent ends with the process."""
        idle, self._idle = self._idle, []
        for pooled in idle:
            await pooled.connection.close()

    async def _wait(self) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._places.acquire()
        except TimeoutError:
            raise PoolExhausted(f"no connection came back within {self._timeout_seconds} s") from None

    def _release(self) -> None:
        self._in_use -= 1
        self._places.release()
