"""The keys of a process that works beside the servers: checked and read once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from capecontrol.core.secret_keys.follower import RingFollower
from capecontrol.core.secret_keys.start import check_secrets
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import keyed_columns


@asynccontextmanager
async def opened(factory: UnitOfWorkFactory) -> AsyncIterator[UnitOfWorkFactory]:
    """Open a database for the length of the block, with the keys that it keeps.

    Raises:
        SecretsRefused: the database was used with other secrets.
    """
    async with factory.database:
        await check_secrets(factory, keyed_columns())
        await RingFollower(factory).read()
        yield factory
