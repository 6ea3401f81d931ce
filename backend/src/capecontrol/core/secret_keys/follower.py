"""Keeps a process's rings as the database has them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.secret_keys.dao import SecretKeyDao
from capecontrol.core.work import UnitOfWorkFactory

log = structlog.get_logger("secrets")


class RingFollower:
    """Reads the rings again and again: every half a minute, and soon after an unknown id was met."""

    def __init__(self, factory: UnitOfWorkFactory) -> None:
        """Take the database, and the rings to keep."""
        self._factory = factory
        self._rings = factory.rings

    async def read(self) -> None:
        """Read the rings once."""
        async with self._factory.unit(Actor.system("secrets"), PlatformScope("secrets: read the rings")) as work:
            stored = await SecretKeyDao(work).stored()
        for identifier in self._rings.learn(stored):
            log.error(
                "secrets.key_not_opened", key_id=identifier, advice="ENCRYPTION_KEYS lacks the entry that sealed it"
            )

    async def follow(self) -> None:
        """Read until cancelled. A database that is away is asked again: until then the process goes on as it is."""
        times = self._rings.times
        while True:
            await asyncio.sleep(times.asked_seconds)
            with suppress(TimeoutError):
                async with asyncio.timeout(times.reload_seconds - times.asked_seconds):
                    await self._rings.asked()
            await self._read_or_warn()

    async def _read_or_warn(self) -> None:
        try:
            await self.read()
        except Exception as error:  # the database is away, in the driver's words or the socket's
            log.warning("secrets.rings_not_read", error=type(error).__name__)

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow for the length of the block.

        The rings are read before it begins, if the database answers; if not, ids that they lack are answered 503.
        """
        self._rings.begin_following()
        await self._read_or_warn()
        task = asyncio.create_task(self.follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
