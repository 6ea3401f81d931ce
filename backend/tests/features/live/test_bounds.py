"""What bounds a stream: its number, its life, its reader's pace, the process, and PostgreSQL."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.settings import Settings
from tests.features.live.conftest import Live
from tests.features.live.listener import listening
from tests.features.projects.builders import build_project
from tests.logged_refusals import logged_refusals
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.relay import relayed
from tests.security.world import World

#: Makes the notes of this minute older: they are forgotten by the database's clock, which nobody moves.
AGED = "update changes set created_at = now() - cast(:'age' as interval) where created_at > now() - interval '1 minute'"


async def test_one_stream_too_many_is_told_when_to_come_again(
    live: Live, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    token = world.operator.client.token
    async with live(streams_max=1) as (app, _):
        async with listening(app, token) as first, listening(app, token) as second:
            assert first.status == 200
            assert second.status == 503
            assert second.headers["retry-after"] == "30"
            assert "live/exhausted" in second.body.decode()
            assert logged_refusals(caplog) == [("WARNING", "live/exhausted", None)]
        async with listening(app, token) as later:
            assert later.status == 200


async def test_an_organization_has_some_of_the_places(live: Live, world: World) -> None:
    owner, user = (await world.member(Role.OWNER)).client.token, (await world.member(Role.USER)).client.token
    async with live(per_organization_max=1) as (app, _):
        async with listening(app, owner) as first, listening(app, user) as second:
            assert (first.status, second.status) == (200, 503)
            async with listening(app, world.operator.client.token) as staff:
                assert staff.status == 200
        async with listening(app, user) as later:
            assert later.status == 200


async def test_all_who_come_at_once_while_nobody_listens_are_counted(live: Live, world: World) -> None:
    token = world.operator.client.token
    async with live(streams_max=2) as (app, _), AsyncExitStack() as stack:
        opened = await asyncio.gather(*(stack.enter_async_context(listening(app, token)) for _ in range(6)))
        assert sorted(one.status for one in opened) == [200, 200, 503, 503, 503, 503]


async def test_a_stream_ends_after_its_life_and_says_when_to_come_again(live: Live, world: World) -> None:
    async with live(life_seconds=0.3) as (app, streams), listening(app, world.operator.client.token) as stream:
        blocks = await stream.until_end()
        assert blocks[-1].retry is not None
        assert blocks[-1].retry >= 500
        assert streams.count == 0


async def test_a_process_that_ends_sends_all_away_at_once_and_not_back_at_once(live: Live, world: World) -> None:
    token = world.operator.client.token
    async with live(per_person_max=30) as (app, streams), AsyncExitStack() as stack:
        listeners = [await stack.enter_async_context(listening(app, token)) for _ in range(20)]
        streams.end()
        ends = [(await listener.until_end())[-1].retry for listener in listeners]
        assert all(isinstance(end, int) and end >= 500 for end in ends)
        assert len(set(ends)) > 10
        async with listening(app, token) as late:
            assert late.status == 503


async def test_a_slow_reader_asks_for_everything_instead_of_reading_all(live: Live, world: World) -> None:
    token = world.operator.client.token
    async with live(queue_max=3) as (app, _), listening(app, token) as slow, listening(app, token) as other:
        await slow.next()
        slow.stop_reading()
        for _ in range(6):
            await other.until(("projects", await build_project(world)))
        slow.read_on()
        heard = await slow.next("resync")
        assert heard.data == {"event": "resync"}
        last = await build_project(world)
        assert ("projects", last) in await slow.until(("projects", last))


async def test_whoever_leaves_is_forgotten(live: Live, world: World) -> None:
    async with live() as (app, streams):
        async with listening(app, world.operator.client.token):
            assert streams.count == 1
        assert streams.count == 0


async def test_streams_outlive_postgresql_and_miss_nothing(
    live: Live, world: World, settings: Settings, factory: UnitOfWorkFactory
) -> None:
    """Each connection of the process is cut as soon as anything is begun on it."""
    async with AsyncExitStack() as stack:
        relay, url = await stack.enter_async_context(relayed(settings.database_url.get_secret_value()))
        own = await stack.enter_async_context(Database(url, PoolSize(size=2)))
        app, _ = await stack.enter_async_context(live(replace(factory, database=own), beat_seconds=0.1))
        stream = await stack.enter_async_context(listening(app, world.operator.client.token))
        await stream.until(("projects", await build_project(world)))

        relay.cuts_at = b"set local role"
        while relay.cut < 3:
            assert (await stream.next()).is_beat
        missed = await build_project(world)
        assert not stream.has_ended

        relay.cuts_at = None
        assert await stream.until(("projects", missed)) == [("projects", missed)]


async def test_what_no_page_may_ask_for_any_more_is_forgotten(
    world: World, drain: Drain, postgres: EmbeddedPostgres
) -> None:
    await build_project(world)
    postgres.run_sql(AGED, database="capecontrol", age="71 minutes")
    old = await world.count("changes")
    await build_project(world)
    postgres.run_sql(AGED, database="capecontrol", age="69 minutes")
    both = await world.count("changes")

    await drain.slot("core.forget_changes")

    assert await world.count("changes") == both - old > 0


async def test_a_worker_whose_clock_is_ahead_forgets_nothing_that_a_page_may_ask_for(
    world: World, drain: Drain, clock: MovingClock
) -> None:
    await build_project(world)
    noted = await world.count("changes")
    clock.advance(timedelta(minutes=75))

    await drain.slot("core.forget_changes")

    assert await world.count("changes") == noted > 0


async def test_who_was_away_for_almost_an_hour_hears_what_was_missed(
    running: FastAPI, world: World, drain: Drain, clock: MovingClock, postgres: EmbeddedPostgres
) -> None:
    async with listening(running, world.operator.client.token) as stream:
        await stream.until(("projects", await build_project(world)))
    missed = await build_project(world)
    postgres.run_sql(AGED, database="capecontrol", age="59 minutes")
    clock.advance(timedelta(minutes=59))
    await drain.slot("core.forget_changes")

    async with listening(running, world.operator.client.token, stream.last_event_id) as again:
        assert ("projects", missed) in await again.changed()
