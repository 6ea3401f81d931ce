"""The connections of a process: opened as they are needed, kept open, and lent to one transaction at a time.

SQLAlchemy's pool lends the server's connection and wraps it anew each time, behind a switch of greenlets: as much work
as two statements. Here the wrapped connection is what is kept.
"""

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from capecontrol.core.db.driver import DatabaseAway, DriverConnection, driver_of
from capecontrol.core.db.turns import Turn, Turns

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
class PoolSize:
    """How many connections one process holds at most, and how long a caller waits for one.

    There is no overflow above the size: a connection that is closed again after a rush costs more than the wait that it
    saves, and whoever stays above the size pays for a new one at every second request.
    """

    size: int = 12
    timeout_seconds: float = 5.0
    #: How many are lent without a wait (see `Turns`; measured in `bench/results.md`).
    at_once: int = 3
    #: How long a caller waits for one of these before it is lent another; most requests take a tenth of it.
    patience_seconds: float = 0.1


@dataclass(slots=True)
class PooledConnection:
    """Two views of one connection to the server: SQLAlchemy's, and the driver's beneath it; and who has it."""

    connection: AsyncConnection
    driver: DriverConnection
    #: Its holder's, while it is lent.
    turn: Turn

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

    def __init__(self, engine: AsyncEngine, size: PoolSize) -> None:
        """Take what opens connections, and how many there may be."""
        self._engine = engine
        self._timeout_seconds = size.timeout_seconds
        self._turns = Turns(size.size, size.at_once, size.patience_seconds)
        self._idle: list[PooledConnection] = []

    @property
    def in_use(self) -> int:
        """Return how many connections are lent, or being opened for somebody."""
        return self._turns.held

    async def take(self) -> PooledConnection:
        """Lend a connection. Whoever takes it gives it back, or throws it away.

        Raises:
            PoolExhausted: none came back in time.
            OSError: the server does not take another one (or any other error of the driver's).
        """
        try:
            turn = await self._turns.take(self._timeout_seconds)
        except TimeoutError:
            raise PoolExhausted(f"no connection came back within {self._timeout_seconds} s") from None
        try:
            while self._idle:
                pooled = self._idle.pop()
                if not pooled.driver.is_closed():
                    pooled.turn = turn
                    return pooled
                await pooled.end()
            return await self._open(turn)
        except BaseException:
            self._turns.end(turn)
            raise

    def step_aside(self, pooled: PooledConnection) -> None:
        """Keep a connection, but let somebody else work meanwhile: its holder commits, and waits for the disk."""
        self._turns.step_aside(pooled.turn)

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
            self._turns.end(pooled.turn)

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
            self._turns.end(pooled.turn)

    async def close(self) -> None:
        """Close what lies idle; what is lent ends with the process."""
        idle, self._idle = self._idle, []
        for pooled in idle:
            await pooled.connection.close()

    async def _open(self, turn: Turn) -> PooledConnection:
        async with asyncio.timeout(OPEN_SECONDS):
            connection = await self._engine.connect()
            pooled = PooledConnection(connection, driver_of(connection), turn)
            try:
                await pooled.driver.execute(_BOUND_LOCKS)
            except BaseException:
                await pooled.end()
                raise
            return pooled
