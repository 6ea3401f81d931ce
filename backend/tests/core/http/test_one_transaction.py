"""A request has one transaction, on one connection, for as short as can be; and what happens when that one breaks.

The applications here have a single connection, so that whoever holds it too long, or wants two, is found out.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.authenticator import LAST_SEEN_STEP
from capecontrol.main.features import metadata
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.core.http.conftest import Stall, operators_client, probed_app
from tests.features.projects.builders import build_project
from tests.moving_clock import MovingClock
from tests.people import Person
from tests.relay import relayed
from tests.security.second_app import second_app
from tests.security.world import World

#: Nobody waits so long for what is to happen at once.
SOON_SECONDS = 10
STAFF = PlatformScope("tests")
BACKEND = "select pg_backend_pid()"


@pytest.fixture
async def single(settings: Settings) -> AsyncIterator[Database]:
    url = settings.database_url.get_secret_value()
    async with Database(url, PoolSize(size=1, timeout_seconds=1)) as database:
        yield database


@pytest.fixture
async def narrow(
    world: World, single: Database, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> AsyncIterator[FastAPI]:
    """The application on one connection."""
    del world
    async with second_app(settings, replace(factory, database=single), ports) as app:
        yield app


@pytest.fixture
async def narrow_probes(
    probe_tables: None, single: Database, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> AsyncIterator[FastAPI]:
    """The probes on one connection."""
    async with probed_app(settings, replace(factory, database=single), ports) as app:
        yield app


@pytest.fixture
async def heard(single: Database) -> list[str]:
    """What PostgreSQL is told, first words only."""
    statements: list[str] = []
    async with single.connection() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver.add_query_logger(lambda record: statements.append(str(record.query).split(maxsplit=1)[0].lower()))
    await asyncio.sleep(0)
    statements.clear()
    return statements


def _begun_and_ended(heard: list[str]) -> list[str]:
    return [word.strip(";") for word in heard if word.strip(";") in ("begin", "commit", "rollback", "savepoint")]


async def test_a_request_begins_once_and_commits_once(
    narrow: FastAPI, single: Database, world: World, heard: list[str]
) -> None:
    client, project = Client(narrow, world.operator.client.token), await build_project(world)
    await client.csrf()
    for method, path, body, status, expected in (
        ("GET", "/api/auth/me", None, 200, ["begin", "commit"]),
        ("GET", "/api/projects", None, 200, ["begin", "commit"]),
        ("GET", "/api/dashboard", None, 200, ["begin", "commit"]),
        ("POST", "/api/projects", {"org_id": str(world.own), "title": world.word()}, 201, ["begin", "commit"]),
        ("PATCH", f"/api/projects/{project}", {"title": world.word()}, 200, ["begin", "commit"]),
        ("GET", f"/api/projects/{uuid.uuid4()}", None, 404, ["begin", "rollback"]),
        ("POST", "/api/projects", {"title": 1}, 422, ["begin", "rollback"]),
    ):
        heard.clear()
        answer = await client.request(method, path, json=body)
        await single.settled()
        # The driver tells the logger at the loop's next turn.
        await asyncio.sleep(0)
        assert answer.status_code == status, answer.text
        assert _begun_and_ended(heard) == expected, f"{method} {path}: {heard}"


async def test_who_reads_is_answered_before_the_commit_and_who_writes_after_it(
    world: World, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    async with (
        relayed(settings.database_url.get_secret_value()) as (relay, url),
        Database(url, PoolSize(size=1)) as database,
        second_app(settings, replace(factory, database=database), ports) as app,
    ):
        client = Client(app, world.operator.client.token)
        await client.csrf()
        relay.silent_at = b"commit"
        async with asyncio.timeout(SOON_SECONDS):
            assert (await client.get("/api/projects")).status_code == 200
            await relay.is_ignoring.wait()
        relay.speak()
        await database.settled()

        relay.silent_at = b"commit"
        relay.is_ignoring.clear()
        writing = asyncio.create_task(client.post("/api/projects", {"org_id": str(world.own), "title": world.word()}))
        async with asyncio.timeout(SOON_SECONDS):
            await relay.is_ignoring.wait()
        assert not writing.done()
        relay.speak()
        assert (await writing).status_code == 201


async def test_a_token_that_cannot_hold_asks_nothing_of_the_database(narrow: FastAPI, heard: list[str]) -> None:
    assert (await Client(narrow, "garbage").get("/api/auth/me")).status_code == 401
    await asyncio.sleep(0)
    assert heard == []


async def test_a_body_that_comes_slowly_holds_no_connection(narrow: FastAPI, world: World) -> None:
    client = Client(narrow, world.operator.client.token)
    await client.csrf()
    half_sent, may_go_on = asyncio.Event(), asyncio.Event()
    content = json.dumps({"org_id": str(world.own), "title": world.word()}).encode()

    async def slowly() -> AsyncIterator[bytes]:
        yield content[:10]
        half_sent.set()
        await may_go_on.wait()
        yield content[10:]

    headers = {"Content-Type": "application/json"}
    async with asyncio.timeout(SOON_SECONDS), asyncio.TaskGroup() as tasks:
        slow = tasks.create_task(client.post("/api/projects", content=slowly(), headers=headers))
        await half_sent.wait()
        served = await client.get("/api/projects")
        may_go_on.set()
    assert (slow.result().status_code, served.status_code) == (201, 200)


async def _sizes(world: World) -> dict[str, int]:
    async with world.unit() as work:
        return {
            table.name: (await work.session.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


async def test_a_refusal_for_want_of_a_permission_is_recorded_and_nothing_else_is(
    narrow: FastAPI, world: World
) -> None:
    """On the one connection that the refused request has given back."""
    client = Client(narrow, (await world.member(Role.USER)).client.token)
    body, before = {"org_id": str(world.own), "title": world.word()}, await _sizes(world)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    async with asyncio.timeout(SOON_SECONDS):
        assert (await client.post("/api/projects", body, headers=headers)).status_code == 403
    after = await _sizes(world)
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} == {"audit_events": 1}
    events = (await world.operator.client.get("/api/audit", params={"action": "access.denied"})).json()
    assert events["items"][0]["outcome"] == "DENIED"


async def _last_seen(world: World, person: Person) -> datetime:
    async with world.unit() as work:
        statement = text("select last_seen_at from sessions where id = :id")
        seen: datetime = (await work.session.execute(statement, {"id": person.session_id})).scalar_one()
        return seen


async def test_a_request_that_succeeds_notes_that_its_session_is_in_use(
    narrow: FastAPI, world: World, clock: MovingClock
) -> None:
    owner = await world.member(Role.OWNER)
    client, first = Client(narrow, owner.client.token), await _last_seen(world, owner)
    assert (await client.get("/api/projects")).status_code == 200
    assert await _last_seen(world, owner) == first
    clock.advance(LAST_SEEN_STEP + timedelta(seconds=1))
    assert (await client.get("/api/projects")).status_code == 200
    assert await _last_seen(world, owner) >= first + LAST_SEEN_STEP


async def test_nobody_waits_to_note_that_a_session_is_in_use(narrow: FastAPI, world: World, clock: MovingClock) -> None:
    owner = await world.member(Role.OWNER)
    client, first = Client(narrow, owner.client.token), await _last_seen(world, owner)
    clock.advance(LAST_SEEN_STEP + timedelta(seconds=1))
    async with world.unit() as other:
        await other.session.execute(text("select 1 from sessions where id = :id for update"), {"id": owner.session_id})
        async with asyncio.timeout(SOON_SECONDS):
            assert (await client.get("/api/projects")).status_code == 200
    assert await _last_seen(world, owner) == first
    assert (await client.get("/api/projects")).status_code == 200
    assert await _last_seen(world, owner) > first


async def _end_backends(world: World, *backends: int) -> None:
    """End connections of the application, as its own login, and return when they are gone."""
    async with world.people.factory.database.engine.connect() as connection:
        for backend in backends:
            ended = await connection.execute(text("select pg_terminate_backend(:backend, 5000)"), {"backend": backend})
            assert ended.scalar_one()


async def _backend_of(database: Database, clock: MovingClock) -> int:
    async with database.transaction(STAFF, clock.now) as transaction:
        return int(await transaction.driver.fetchval(BACKEND))


async def _probe_rows(world: World) -> int:
    async with world.unit() as work:
        return int((await work.session.execute(text("select count(*) from probe"))).scalar_one())


async def test_a_connection_that_ends_before_the_commit_is_503_and_nothing_happened(
    narrow_probes: FastAPI, single: Database, world: World, stall: Stall, clock: MovingClock
) -> None:
    client, before = await operators_client(narrow_probes, world), await _probe_rows(world)
    backend = await _backend_of(single, clock)
    async with asyncio.timeout(SOON_SECONDS), asyncio.TaskGroup() as tasks:
        under_way = tasks.create_task(client.post("/api/probe/held", {"parent": 1}, csrf=False))
        await stall.is_reached.wait()
        await _end_backends(world, backend)
        stall.may_go_on.set()
    answer = under_way.result()
    assert (answer.status_code, answer.json()["type"]) == (503, "unavailable")
    assert await _probe_rows(world) == before
    assert (await client.post("/api/probe/held", {"parent": 1}, csrf=False)).status_code == 201
    assert await _probe_rows(world) == before + 1


async def test_connections_that_ended_while_nobody_used_them_are_not_noticed(
    world: World, settings: Settings, factory: UnitOfWorkFactory, ports: Ports, clock: MovingClock
) -> None:
    url = settings.database_url.get_secret_value()
    async with (
        Database(url, PoolSize(size=3, timeout_seconds=1)) as database,
        second_app(settings, replace(factory, database=database), ports) as app,
    ):
        async with AsyncExitStack() as stack:
            opened = [await stack.enter_async_context(database.transaction(STAFF, clock.now)) for _ in range(3)]
            backends = [int(await transaction.driver.fetchval(BACKEND)) for transaction in opened]
        assert len(set(backends)) == 3
        await _end_backends(world, *backends)
        client = Client(app, world.operator.client.token)
        answers = await asyncio.gather(*(client.get("/api/auth/me") for _ in range(3)))
        assert [answer.status_code for answer in answers] == [200] * 3
