"""Keeps a process's business as the record has it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from capecontrol.core.actor import Actor
from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.error_places import places_of
from capecontrol.core.metrics import BUSINESS_LAG
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.current import recorded_business
from capecontrol.features.business.dao import BusinessDao

log = structlog.get_logger("business")

#: How late a process learns what another one changed, at most, and what it takes to be told.
FOLLOW_SECONDS = 1.0


class BusinessFollower:
    """Asks every second which state the record is in, and reads it when it is another one.

    Requests read what their process holds, so that none of them asks the database for it.
    """

    def __init__(self, factory: UnitOfWorkFactory, ports: Ports) -> None:
        """Take the database, and the ports of which the process has its business."""
        self._factory = factory
        self._ports = ports
        self._read_at = time.monotonic()
        #: Why the record could not be read the last time; none where it was.
        self._reason: list[str] = []

    async def read(self) -> None:
        """Read the business if it is not as the process has it."""
        scope = PlatformScope("business: follow the record")
        async with self._factory.unit(Actor.system("business"), scope) as work:
            version = await BusinessDao(work).version()
            if version is None or version == self._ports.get(Business).version:
                return
            business = await recorded_business(work)
        if business is not None:
            self._ports.provide(Business, business)

    async def follow(self) -> None:
        """Read until cancelled. A database that is away is asked again: until then the process goes on as it is."""
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Read the business, or go on with the one that the process has, and log once why it cannot be read."""
        try:
            await self.read()
        except Exception as error:  # the database is away, or the record is none that this release understands
            BUSINESS_LAG.set(time.monotonic() - self._read_at)
            reason = places_of(error)
            if reason != self._reason:
                log.warning("business.not_read", error=type(error).__name__, where=reason)
            self._reason = reason
        else:
            BUSINESS_LAG.set(0)
            self._read_at = time.monotonic()
            if self._reason:
                log.info("business.read_again")
            self._reason = []

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow for the length of the block; the business is read before it begins, if the database answers."""
        await self.look()
        task = asyncio.create_task(self.follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
