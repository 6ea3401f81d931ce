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
from capecontrol.main.http.health import Build
from capecontrol.main.settings import Settings
from tests.kept_ports import kept


@asynccontextmanager
async def second_app(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """Build it, and put back what building it replaced."""
    with kept(ports, Redis, Build, LocalMailbox, LocalClock):
        app = create_app(settings, factory=factory, ports=ports)
        redis = ports.get(Redis)
        try:
            yield app
        finally:
            await app.state.http.limiter.close()
            await redis.aclose()
