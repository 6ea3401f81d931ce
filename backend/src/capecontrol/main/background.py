"""What processes have in common: they wait for their database, run until a signal, and stop in order."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.database import PoolSize
from capecontrol.core.secret_keys.start import SecretsRefused, check_secrets
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.database.fault import settings_fault
from capecontrol.main.database.login import Login, find_login
from capecontrol.main.database.policy import check_policies
from capecontrol.main.database.revision import MigrationRefused, check_revision
from capecontrol.main.features import keyed_columns
from capecontrol.main.outage import Outage
from capecontrol.main.seller import begin_business
from capecontrol.main.settings import Settings, SettingsRefused
from capecontrol.main.settings.database import DatabaseSettings
from capecontrol.main.wiring import build_factory

log = structlog.get_logger("start")

RETRY_SECONDS = 1.0


async def await_database(
    factory: UnitOfWorkFactory,
    check: Callable[[AsyncConnection], Awaitable[None]] | None = None,
    begin: Callable[[], Awaitable[object]] | None = None,
) -> None:
    """Return when the database answers, its schema is one that this release runs on, and it knows our secrets.

    A database that is away is waited for, so that no order of start is needed and no supervisor loops.

    Args:
        factory: leads to the database, and holds our secrets.
        check: what is asked besides, before the secrets.
        begin: what is done last, with a database that is ours.

    Raises:
        MigrationRefused: the schema is not for this release, or lacks policies.
        SecretsRefused: the database was used with other secrets.
        SettingsRefused: no waiting helps, since the address of the database is wrong.
    """
    outage = Outage("database")
    while True:
        try:
            async with factory.database.engine.connect() as connection:
                await check_revision(connection)
                await check_policies(connection)
                if check is not None:
                    await check(connection)
            await check_secrets(factory, keyed_columns())
            if begin is not None:
                await begin()
        except (MigrationRefused, SecretsRefused, SettingsRefused):
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
    """Wait for the database and look at it and at our login, before a process makes the event loop that it works on.

    Returns:
        False when a signal ended the wait. A database that is not for this process ends it.

    Raises:
        SettingsRefused: the settings do not lead to the database, or lead there as a login that must not run.
    """
    factory = build_factory(settings, pool=PoolSize(size=1))

    async def check(connection: AsyncConnection) -> None:
        check_login(await find_login(connection), settings)

    async def wait() -> None:
        async with factory.database:
            await await_database(factory, check, lambda: begin_business(factory, settings))

    return run_background(wait)


def check_login(login: Login | None, settings: DatabaseSettings) -> None:
    """Refuse to run as a login that could undo what protects the rows, unless somebody chose that knowingly.

    Raises:
        SettingsRefused: with what helps.
    """
    if settings.is_local or login is None or not login.powers:
        return
    powers = " and ".join(login.powers)
    if not settings.allow_owner_login:
        raise SettingsRefused(
            [
                f"DATABASE_URL signs in as {login.name}, which {powers}. Run `capecontrol db separate-owner` to create "
                "a restricted login, or set ALLOW_OWNER_LOGIN=1 to accept the risk"
            ]
        )
    log.warning("database.owner_login", login=login.name, powers=login.powers)
