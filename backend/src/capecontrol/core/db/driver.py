"""The driver's own connection: what of asyncpg is used without SQLAlchemy in between."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.together import Row

#: What the driver raises when a connection is gone, or goes while it is used.
DISCONNECTED: tuple[type[Exception], ...] = (
    asyncpg.InterfaceError,
    # What the driver says when a server that shuts down speaks while a statement begins.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    OSError,
    TimeoutError,
)


class DatabaseAway(ConnectionError):
    """The server could not be reached, or broke off. Whoever asked may come again."""


class DriverConnection(Protocol):
    """A connection of asyncpg's."""

    def execute(self, query: str, *, timeout: float | None = None) -> Awaitable[str]:
        """Run a script without parameters in one round trip and return the last statement's answer."""
        ...

    async def fetch(self, query: str, *values: object) -> list[Row]:
        """Run a prepared statement and return its rows."""
        ...

    async def fetchval(self, query: str, *values: object) -> Any:
        """Run a prepared statement and return the first value of its first row."""
        ...

    async def copy_from_query(self, query: str, *, output: Callable[[bytes], Awaitable[None]], **options: str) -> str:
        """Let the server write the rows of a SELECT as COPY does, hand on what comes, and return its answer."""
        ...

    def is_closed(self) -> bool:
        """Tell, without asking the server, whether the connection is known to have ended."""
        ...

    def is_in_transaction(self) -> bool:
        """Tell, by the server's last answer, whether a transaction is open."""
        ...

    def terminate(self) -> None:
        """Close the connection without waiting for anybody."""
        ...


def driver_of(connection: AsyncConnection) -> DriverConnection:
    """Return the driver's connection beneath one of SQLAlchemy's that is connected."""
    if connection.sync_connection is None:
        raise LookupError("the connection was not started")
    return cast("DriverConnection", connection.sync_connection.connection.driver_connection)
