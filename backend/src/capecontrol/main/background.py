"""What processes have in common: they wait for the schema, run until a signal, and stop in order."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.main.database.revision import MigrationRefused, check_revision
from capecontrol.main.outage import Outage

RETRY_SECONDS = 1.0


async def await_schema(engine: AsyncEngine) -> None:
    """Return when the database answers and its schema is one that this release runs on.

    A database that is away is waited for, so that no order of start is needed and no supervisor loops.

    Raises:
        MigrationRefused: the schema is not for this release.
    """
    outage = Outage("database")
    while True:
        try:
            async with engine.connect() as connection:
                await check_revision(connection)
        except MigrationRefused:
            raise
        except Exception as error:  # of the driver or the socket; both come unwrapped while a server starts up
            outage.begin(error)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            outage.end()
            return


async def until_signalled(serve: Callable[[], Awaitable[None]]) -> bool:
    """Run until SIGTERM or SIGINT cancels it; its own clean-up is the graceful stop.

    Returns:
        Whether it came to its own end.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(serve())
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise
        return False
    else:
        return True
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def run_background(serve: Callable[[], Awaitable[None]]) -> bool:
    """Run a process to its end; a schema of another release ends it with one sentence and exit code 1.

    Returns:
        Whether it came to its own end, and not to a signal's.
    """
    try:
        return asyncio.run(until_signalled(serve))
    except MigrationRefused as refused:
        sys.exit(str(refused))


def is_schema_ours(url: str) -> bool:
    """Wait for the database and its schema, before a server makes the event loop that it serves on.

    Returns:
        False when a signal ended the wait. A schema of another release ends the process.
    """

    async def wait() -> None:
        engine = create_async_engine(url, poolclass=NullPool, connect_args={"timeout": 5})
        try:
            await await_schema(engine)
        finally:
            await engine.dispose()

    return run_background(wait)
