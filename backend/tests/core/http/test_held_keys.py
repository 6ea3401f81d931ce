"""Keys of attempts that take long: the lease is renewed, twins wait in order, and 0.1.0 is told to come back."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from structlog.testing import capture_logs

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.http.idempotency.times import KeyTimes
from capecontrol.core.http.idempotency.twins import TWINS_MAX, Twins
from capecontrol.core.work import UnitOfWorkFactory
from tests.client import Client
from tests.core.http.conftest import REFUSED, Stall
from tests.core.http.first_release import FirstReleaseAnswer, first_release_answer
from tests.people import SYSTEM
from tests.security.world import World
from tests.watched_transactions import watched_transactions

PATH = "/api/probe/stall"
IN_USE = "request/idempotency-key-in-use"
LEASES = 3
#: A lease that a test can outlast.
QUICK = KeyTimes(lease=timedelta(seconds=1), renew_seconds=0.1)


def _fresh() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


async def _post(probed: FastAPI, key: dict[str, str], parent: int = 1) -> httpx.Response:
    return await Client(probed).post(PATH, {"parent": parent}, csrf=False, headers=key)


@asynccontextmanager
async def _held(probed: FastAPI, stall: Stall, key: dict[str, str]) -> AsyncIterator[asyncio.Task[httpx.Response]]:
    """Hold an attempt; it goes on when the block ends."""
    first = asyncio.create_task(_post(probed, key))
    try:
        await stall.is_reached.wait()
        yield first
    finally:
        stall.may_go_on.set()
        await first


async def _lease(world: World, key: dict[str, str]) -> tuple[datetime, datetime]:
    """Return until when a key is leased, and the time of the same clock."""
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        statement = text("select lease_until, clock_timestamp() from idempotency_keys where key = :key")
        until, now = (await work.session.execute(statement, {"key": key["Idempotency-Key"]})).one()
        return until, now


@pytest.fixture
def quick(probed: FastAPI) -> Iterator[FastAPI]:
    """The same application, with short leases."""
    state = probed.state.http
    probed.state.http = replace(state, twins=Twins(QUICK))
    yield probed
    probed.state.http = state


async def test_an_attempt_keeps_its_key_for_as_long_as_it_takes(quick: FastAPI, stall: Stall, world: World) -> None:
    key = _fresh()
    async with _held(quick, stall, key) as first:
        began, now = await _lease(world, key)
        seen = {began}
        while now < began + (LEASES - 1) * QUICK.lease:
            until, now = await _lease(world, key)
            seen.add(until)
        twin = await _post(quick, key)

    assert (twin.status_code, twin.json()["type"], twin.headers["retry-after"]) == (409, IN_USE, "1")
    assert stall.came == 1
    assert len(seen) > LEASES
    assert ((await first).status_code, (await _post(quick, key)).json()) == (201, {"parent": 1})
    assert stall.came == 1


@dataclass
class Traffic:
    """What a process asks of the database."""

    about_keys: list[str] = field(default_factory=list)
    open: int = 0
    most_open: int = 0

    def note(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        if "idempotency_keys" in statement:
            self.about_keys.append(statement)

    def take(self, *_: object) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)

    def give_back(self, *_: object) -> None:
        self.open -= 1


@pytest.fixture
def traffic(factory: UnitOfWorkFactory) -> Iterator[Traffic]:
    """Counts statements about keys, and transactions that are open at one time."""
    traffic, engine = Traffic(), factory.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", traffic.note)
    with watched_transactions(traffic.take, traffic.give_back):
        yield traffic
    event.remove(engine, "before_cursor_execute", traffic.note)


async def test_many_twins_of_a_held_key_leave_the_database_to_others(
    probed: FastAPI, stall: Stall, world: World, traffic: Traffic
) -> None:
    key = _fresh()
    async with _held(probed, stall, key):
        twins = [asyncio.create_task(_post(probed, key)) for _ in range(150)]
        for refused in islice(asyncio.as_completed(twins), len(twins) - TWINS_MAX):
            await refused
        # The attempt that renews its lease, and the one twin whose turn it is.
        assert traffic.most_open <= 2
        unrelated = await Client(probed, world.operator.client.token).get("/api/probe/count")
        answers = await asyncio.gather(*twins)

    assert unrelated.status_code == 200
    told = {(one.status_code, one.json()["type"], one.headers["retry-after"]) for one in answers}
    assert told == {(409, IN_USE, "1")}
    assert len(traffic.about_keys) < len(twins)
    assert stall.came == 1


async def test_twins_that_wait_get_the_first_answer(probed: FastAPI, stall: Stall) -> None:
    key = _fresh()
    async with _held(probed, stall, key) as first:
        twins = [asyncio.create_task(_post(probed, key)) for _ in range(TWINS_MAX + 1)]
        (refused,), waiting = await asyncio.wait(twins, return_when=asyncio.FIRST_COMPLETED)
    answers = await asyncio.gather(*waiting)

    assert (await refused).status_code == 409
    assert {(one.status_code, one.content) for one in answers} == {(201, (await first).content)}
    assert stall.came == 1


async def test_a_key_that_cannot_be_given_back_does_not_hide_the_refusal(
    probed: FastAPI, stall: Stall, world: World
) -> None:
    key = _fresh()
    stall.may_go_on.set()
    await world.owner_sql("revoke delete on idempotency_keys from capecontrol_signin")
    try:
        with capture_logs() as logs:
            answer = await _post(probed, key, REFUSED)
    finally:
        await world.owner_sql("grant delete on idempotency_keys to capecontrol_signin")

    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")
    (noted,) = [one for one in logs if one["event"] == "idempotency.key_not_given_back"]
    assert (noted["error"], noted["reason"]) == ("ProgrammingError", "NotFound")


async def test_release_0_1_0_tells_a_twin_to_come_back_until_there_is_an_answer(
    probed: FastAPI, stall: Stall, world: World
) -> None:
    """It runs beside this release while it is being replaced."""
    key, body = _fresh(), {"parent": 1}
    content = f"POST {PATH}?\n".encode() + httpx.Request("POST", "http://x", json=body).content

    async def told() -> FirstReleaseAnswer | None:
        async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            return await first_release_answer(work, key["Idempotency-Key"], content)

    assert await told() is None
    async with _held(probed, stall, key):
        meanwhile = await told()
    afterwards = await told()

    assert meanwhile is not None
    assert meanwhile.status == 409
    problem = json.loads(meanwhile.body)
    assert (problem["type"], problem["status"], problem["allowed"]) == (IN_USE, 409, [])
    assert problem.keys() >= {"title", "detail", "instance"}
    assert afterwards == FirstReleaseAnswer(201, '{"parent":1}')


async def test_keys_that_were_served_are_forgotten() -> None:
    twins = Twins(QUICK)
    for _ in range(100):
        async with twins.turn("caller", str(uuid.uuid4())):
            pass

    assert twins._queues == {}
