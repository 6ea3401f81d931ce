"""A second application beside the first, for tests that need one built otherwise."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from redis.asyncio import Redis

from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.main.settings import Settings


@asynccontextmanager
async def second_app(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """Build it on a copy of the ports, since building it binds some of them anew."""
    own = ports.copy()
    app = create_app(settings, factory=factory, ports=own)
    try:
        yield app
    finally:
        await app.state.http.limiter.close()
        await own.get(Redis).aclose()
