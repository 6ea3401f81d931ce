"""What processes have in common: they wait for their database, run until a signal, and stop in order."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable

from capecontrol.core.db.database import PoolSize
from capecontrol.core.secret_keys.start import SecretsRefused, check_secrets
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.database.fault import settings_fault
from capecontrol.main.database.revision import MigrationRefused, check_revision
from capecontrol.main.features import keyed_columns
from capecontrol.main.outage import Outage
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory

RETRY_SECONDS = 1.0


async def await_database(factory: UnitOfWorkFactory) -> None:
    """Return when the database answers, its schema is one that this release runs on, and it knows our secrets.

    A database that is away is waited for, so that no order of start is needed and no supervisor loops.

    Raises:
        MigrationRefused: the schema is not for this release.
        SecretsRefused: the database was used with other secrets.
        SettingsRefused: no waiting helps, since the address of the database is wrong.
    """
    outage = Outage("database")
    while True:
        try:
            async with factory.database.engine.connect() as connection:
                await check_revision(connection)
            await check_secrets(factory, keyed_columns())
        except (MigrationRefused, SecretsRefused):
            raise
        except Exception as error:  # of the driver or the socket; both come unwrapped while a server starts up
            if fault := settings_fault(error, factory.database.engine.url):
                raise fault from error
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
    """Run a process to its end; a database that is not for it ends it with one sentence and exit code 1.

    Raises:
        SettingsRefused: the settings do not lead to the database.

    Returns:
        Whether it came to its own end, and not to a signal's.
    """
    try:
        return asyncio.run(until_signalled(serve))
    except (MigrationRefused, SecretsRefused) as refused:
        sys.exit(str(refused))


def is_database_ours(settings: Settings) -> bool:
    """Wait for the database and look at it, before a server makes the event loop that it serves on.

    Returns:
        False when a signal ended the wait. A database that is not for this process ends it.
    """
    factory = build_factory(settings, pool=PoolSize(size=1))

    async def wait() -> None:
        async with factory.database:
            await await_database(factory)

    return run_background(wait)
