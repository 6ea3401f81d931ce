"""An application whose streams go on, and a world in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from fastapi import FastAPI

from capecontrol.core.changes.topic import TopicTable
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.live.bounds import LiveBounds
from capecontrol.features.live.streams import LiveStreams
from capecontrol.main.features import topic_table
from capecontrol.main.settings import Settings
from tests.people import People
from tests.security.second_app import second_app
from tests.security.world import World

#: More often than in production, so that tests do not wait for a second each.
LOOK_SECONDS = 0.05
Live = Callable[..., AbstractAsyncContextManager[tuple[FastAPI, LiveStreams]]]


@pytest.fixture
def live(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> Live:
    """Builds applications with streams of given bounds, one beside the other as processes are."""

    @asynccontextmanager
    async def build(
        factory: UnitOfWorkFactory = factory, topics: TopicTable | None = None, **bounds: float
    ) -> AsyncIterator[tuple[FastAPI, LiveStreams]]:
        streams = LiveStreams(factory, topics or topic_table(), LiveBounds(**{"look_seconds": LOOK_SECONDS, **bounds}))
        own = ports.copy()
        own.provide(LiveStreams, streams)
        async with second_app(settings, factory, own) as app:
            yield app, streams
            await streams.aclose()

    return build


@pytest.fixture
async def running(live: Live) -> AsyncIterator[FastAPI]:
    """An application with streams as they are in production, but for how often they look."""
    async with live() as (app, _):
        yield app


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)
