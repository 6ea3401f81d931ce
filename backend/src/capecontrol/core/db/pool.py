"""The connections of a process: opened as they are needed, kept open, and lent to one transaction at a time.

SQLAlchemy's pool lends the server's connection and wraps it anew each time, behind a switch of greenlets: as much work
as two statements. Here the wrapped connection is what is kept.
"""

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from capecontrol.core.db.driver import DatabaseAway, DriverConnection, driver_of

#: A server that does not let a connection in within this is away, wherever it stopped answering.
OPEN_SECONDS = 5.0
#: How long a statement waits for a row or a table that another one has locked. Shorter than half of what a caller waits
#: for a connection: a poolful of requests that wait for one table is refused, and so is the next, before those that
#: want another table are.
LOCK_SECONDS = 2.0
#: Said to each connection once, since poolers in between refuse such settings as a connection opens. Who set a time of
#: their own, for the login or in the address, keeps it.
_BOUND_LOCKS = f"""
select set_config('lock_timeout', '{LOCK_SECONDS}s', false) where current_setting('lock_timeout') = '0'
"""


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
            return await self._open()
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

    async def throw_away(self, pooled: PooledConnection, *, is_dead: bool) -> None:
        """Close a connection that nothing was begun on.

        Args:
            pooled: what was taken.
            is_dead: whether it turned out to be dead: then those that lie idle go, too, since what broke it broke them.
        """
        doomed = [pooled]
        if is_dead:
            doomed += self._idle
            self._idle = []
        try:
            # First of all, so that none stays open when the rest is interrupted.
            for one in doomed:
                one.driver.terminate()
            for one in doomed:
                await one.end()
        finally:
            self._release()

    async def close(self) -> None:
        """Close what lies idle; what is lent ends with the process."""
        idle, self._idle = self._idle, []
        for pooled in idle:
            await pooled.connection.close()

    async def _open(self) -> PooledConnection:
        async with asyncio.timeout(OPEN_SECONDS):
            connection = await self._engine.connect()
            pooled = PooledConnection(connection, driver_of(connection))
            try:
                await pooled.driver.execute(_BOUND_LOCKS)
            except BaseException:
                await pooled.end()
                raise
            return pooled

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
