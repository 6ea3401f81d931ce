"""A second application on the same ports, for tests that need one built otherwise."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from redis.asyncio import Redis

from capecontrol.adapters.clock.local import LocalClock
from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.main.settings import Settings


@asynccontextmanager
async def second_app(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """Build it, and put back what building it replaced."""
    redis, mailbox, clock = ports.get(Redis), ports.get(LocalMailbox), ports.get(LocalClock)
    app = create_app(settings, factory=factory, ports=ports)
    yield app
    await ports.get(Redis).aclose()
    ports.provide(Redis, redis)
    ports.provide(LocalMailbox, mailbox)
    ports.provide(LocalClock, clock)
