"""Keys that change hands: who was overtaken does nothing more, and what failed is gone on with at once."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.core.http.idempotency.times import KeyTimes
from capecontrol.core.http.idempotency.twins import Twins
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, EngineInfo
from tests.core.http.attempts import LEASE, Attempts
from tests.core.http.conftest import Stall, operators_client
from tests.features.workflows.builders import build_workflow
from tests.kept_ports import kept
from tests.security.fakes import WillingEngine
from tests.security.world import World

OVER = timedelta(seconds=-1)
#: Overtaken, and told so when it renews its lease.
LATE = KeyTimes(lease=timedelta(seconds=0.2), renew_seconds=1.5)
#: Overtaken, and never told: it finds out when it answers.
FROZEN = KeyTimes(lease=timedelta(seconds=0.2), renew_seconds=3600)
#: How long an attempt has to end by itself before it is let go on.
ENDS_WITHIN = 5.0


def _fresh() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


class HeldEngine(WillingEngine):
    """An engine that holds the first call until it may go on, and tells what it did."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.is_reached, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def check(self, connection: EngineConnection) -> EngineInfo:
        await self._hold()
        return await super().check(connection)

    async def activate(self, connection: EngineConnection, workflow_id: str) -> None:
        await self._hold()
        self.did.append("on")

    async def deactivate(self, connection: EngineConnection, workflow_id: str) -> None:
        await self._hold()
        self.did.append("off")

    async def _hold(self) -> None:
        if not self.is_reached.is_set():
            self.is_reached.set()
            await self.may_go_on.wait()


@asynccontextmanager
async def _times(world: World, times: KeyTimes) -> AsyncIterator[None]:
    state = world.people.app.state
    before = state.http
    state.http = replace(before, twins=Twins(times))
    try:
        yield
    finally:
        state.http = before


@pytest.fixture
def engine(world: World) -> Iterator[HeldEngine]:
    with kept(world.people.ports, AutomationEngine):
        engine = HeldEngine()
        world.people.ports.provide(AutomationEngine, engine)
        yield engine


async def test_an_overtaken_pause_does_not_undo_what_came_after_it(world: World, engine: HeldEngine) -> None:
    key, client = _fresh(), world.operator.client
    engine.is_reached.set()
    workflow = f"/api/workflows/{await build_workflow(world)}"
    engine.is_reached.clear()
    async with _times(world, LATE):
        overtaken = asyncio.create_task(client.post(f"{workflow}/pause", headers=key))
        await engine.is_reached.wait()
        second = await client.post(f"{workflow}/pause", headers=key)
        resumed = await client.post(f"{workflow}/resume")
        await asyncio.wait({overtaken}, timeout=ENDS_WITHIN)
        engine.may_go_on.set()
        first = await overtaken

    assert (second.status_code, second.json()["status"]) == (200, "PAUSED")
    assert (resumed.status_code, resumed.json()["status"]) == (200, "ACTIVE")
    assert (await client.get(workflow)).json()["status"] == "ACTIVE"
    assert engine.did == ["off", "on"]
    assert (first.status_code, first.content) == (200, second.content)


@pytest.mark.parametrize("times", [LATE, FROZEN])
async def test_an_overtaken_attempt_answers_what_its_key_made(
    times: KeyTimes, world: World, engine: HeldEngine
) -> None:
    key, client = _fresh(), world.operator.client
    body = {"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"}
    async with _times(world, times):
        overtaken = asyncio.create_task(client.post("/api/workflows/environments", body, headers=key))
        await engine.is_reached.wait()
        second = await client.post("/api/workflows/environments", body, headers=key)
        if times is LATE:
            await asyncio.wait({overtaken}, timeout=ENDS_WITHIN)
        engine.may_go_on.set()
        first = await overtaken

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["idempotent-replayed"] == "true"


async def test_an_overtaken_attempt_finds_its_own_when_the_key_is_gone(world: World, engine: HeldEngine) -> None:
    key, client = _fresh(), world.operator.client
    body = {"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"}
    async with _times(world, FROZEN):
        overtaken = asyncio.create_task(client.post("/api/workflows/environments", body, headers=key))
        await engine.is_reached.wait()
        second = await client.post("/api/workflows/environments", body, headers=key)
        await world.sql("delete from idempotency_keys where key = :key", key=key["Idempotency-Key"])
        engine.may_go_on.set()
        first = await overtaken

    assert (first.status_code, first.json()) == (201, second.json())


async def test_one_thing_is_made_where_the_first_attempt_failed_behind_it(
    probed: FastAPI, stall: Stall, world: World
) -> None:
    key, client = _fresh(), await operators_client(probed, world)
    note = world.number()
    answers = [await client.post("/api/probe/halfway", {"parent": note}, csrf=False, headers=key) for _ in range(3)]

    # At once: the second is not told to come back.
    assert [one.status_code for one in answers] == [503, 201, 201]
    assert stall.came == 2
    async with world.unit() as work:
        made = await work.session.execute(text("select count(*) from probe_made where note = :note"), {"note": note})
        assert made.scalar_one() == 1


async def test_what_an_overtaken_attempt_tells_changes_nothing(world: World) -> None:
    attempts, first, second = Attempts(world), uuid.uuid4(), uuid.uuid4()
    await attempts.begin(first, OVER)
    assert await attempts.take_over(second)

    async with attempts.keys() as keys:
        assert not await keys.renew(attempts.id, first, OVER)
        assert not await keys.end_lease(attempts.id, first)
        assert not await keys.free(attempts.id, first)
    assert not await attempts.answer(first, "first")
    assert not await attempts.take_over(first), "the second one's lease holds"
    assert await attempts.answer(second, "second")
    assert not await attempts.take_over(first), "it is answered"
    assert not await attempts.answer(first, "first")

    stored = await attempts.stored()
    assert stored is not None
    assert (stored.is_answered, stored.status, stored.answer) == (True, 200, "second")


async def test_an_attempt_that_ended_is_taken_over_at_once(world: World) -> None:
    attempts, first, second = Attempts(world), uuid.uuid4(), uuid.uuid4()
    await attempts.begin(first, LEASE)
    assert not await attempts.take_over(second)
    async with attempts.keys() as keys:
        assert await keys.end_lease(attempts.id, first)
    assert await attempts.take_over(second)
