"""What streams cost: one statement for all of them, and no connection."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from fastapi import FastAPI

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.asked_statements import asked_statements
from tests.client import Client
from tests.features.live.conftest import Live
from tests.features.live.listener import Listener, listening
from tests.features.projects.builders import build_project
from tests.security.world import World

STREAMS = 500
PEOPLE = 10


async def _open(stack: AsyncExitStack, app: FastAPI, tokens: list[str | None], count: int) -> list[Listener]:
    return [await stack.enter_async_context(listening(app, tokens[number % len(tokens)])) for number in range(count)]


async def test_five_hundred_streams_take_one_statement_a_look(
    live: Live, world: World, factory: UnitOfWorkFactory
) -> None:
    owners = [await world.member(Role.OWNER) for _ in range(PEOPLE)]
    tokens = [world.operator.client.token, *(owner.client.token for owner in owners)]
    async with live(per_person_max=STREAMS, look_seconds=0.3) as (app, streams), AsyncExitStack() as stack:
        listeners = await _open(stack, app, tokens, STREAMS)
        assert streams.count == STREAMS
        project = await build_project(world)
        with asked_statements(factory) as asked:
            began = asyncio.get_running_loop().time()
            told = await asyncio.gather(*(listener.until(("projects", project)) for listener in listeners))
            looks = (asyncio.get_running_loop().time() - began) / 0.3
        assert len(told) == STREAMS
        statements = [text for text in asked.texts if "changes" in text]
        assert 1 <= len(statements) <= looks + 1
        assert len(asked.texts) == len(statements)
    assert streams.count == 0


async def test_nothing_is_asked_while_nobody_listens(live: Live, world: World, factory: UnitOfWorkFactory) -> None:
    async with live() as (app, _):
        async with listening(app, world.operator.client.token) as stream:
            await stream.until(("projects", await build_project(world)))
        with asked_statements(factory) as asked:
            # Its own statements, and no look beside them.
            async with world.unit() as work:
                await work.transaction.driver.fetchval("select pg_sleep(0.5)")
        assert [text for text in asked.texts if "changes" in text] == []


async def test_streams_hold_no_connection(
    live: Live, world: World, settings: Settings, factory: UnitOfWorkFactory
) -> None:
    single = Database(settings.database_url.get_secret_value(), PoolSize(size=1))
    async with single, live(replace(factory, database=single)) as (app, _), AsyncExitStack() as stack:
        token = world.operator.client.token
        listeners = await _open(stack, app, [token], 5)
        operator = Client(app, token)
        for _ in range(20):
            assert (await operator.get("/api/auth/me")).status_code == 200
        project = await build_project(world)
        for listener in listeners:
            await listener.until(("projects", project))
        assert single.connections_in_use <= 1
