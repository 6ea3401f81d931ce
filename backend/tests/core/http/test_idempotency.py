"""Idempotency keys: the same request twice has one effect and one answer."""

import asyncio
import uuid
from typing import cast

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import CursorResult, text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Role
from tests.core.http.conftest import Stall, operators_client
from tests.features.projects.builders import build_project
from tests.features.workflows.builders import build_workflow
from tests.people import PASSWORD, SYSTEM
from tests.security.world import World


def _key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


async def _named(world: World, title: str) -> int:
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(text("select count(*) from projects where title = :title"), {"title": title})
        return int(found.scalar_one())


async def test_a_repetition_gets_the_first_answer(world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word()}
    first = await world.operator.client.post("/api/projects", body, headers=key)
    again = await world.operator.client.post("/api/projects", body, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert await _named(world, body["title"]) == 1


async def test_another_body_under_the_key_is_422(world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word()}
    assert (await world.operator.client.post("/api/projects", body, headers=key)).status_code == 201
    other = await world.operator.client.post("/api/projects", {**body, "title": world.word()}, headers=key)
    assert other.status_code == 422
    assert other.json()["type"] == "request/idempotency-key-reused"


async def test_another_operation_under_the_key_is_422(world: World) -> None:
    key, project = _key(), await build_project(world)
    body = {"org_id": str(world.own), "title": world.word()}
    assert (await world.operator.client.post("/api/projects", body, headers=key)).status_code == 201
    other = await world.operator.client.post(f"/api/projects/{project}/status", {"status": "PROPOSED"}, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize(("first", "then"), [(None, '"1"'), ('"1"', None), ('"1"', '"2"')])
async def test_another_precondition_under_the_key_is_422(first: str | None, then: str | None, world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word()}

    async def create(if_match: str | None) -> httpx.Response:
        headers = key if if_match is None else {**key, "If-Match": if_match}
        return await world.operator.client.post("/api/projects", body, headers=headers)

    made, again, other = await create(first), await create(first), await create(then)

    assert (made.status_code, again.content, other.status_code) == (201, made.content, 422)
    assert other.json()["type"] == "request/idempotency-key-reused"
    assert await _named(world, body["title"]) == 1


@pytest.mark.parametrize("path", ["/api/probe/returned", "/api/probe/returned-in-phases"])
async def test_a_refusal_that_a_route_returns_is_not_repeated(
    path: str, probed: FastAPI, world: World, stall: Stall
) -> None:
    """Its key is free, as after a refusal that is raised; the answer that follows is repeated."""
    key, client = _key(), await operators_client(probed, world)
    answers = [await client.post(path, csrf=False, headers=key) for _ in range(3)]
    assert [(one.status_code, one.json().get("came")) for one in answers] == [(409, 1), (201, 2), (201, 2)]
    assert stall.came == 2


async def test_a_key_is_its_callers_own(world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word()}
    other = await world.people.operator()
    first = await world.operator.client.post("/api/projects", body, headers=key)
    second = await other.client.post("/api/projects", body, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


async def test_twenty_at_once_have_one_effect(world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word()}
    await world.operator.client.csrf()
    answers = await asyncio.gather(*(world.operator.client.post("/api/projects", body, headers=key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await _named(world, body["title"]) == 1


def _registration(name: str) -> dict[str, str]:
    return {"email": f"{uuid.uuid4().hex}@new.test", "password": "Lighthouse-7", "organization_name": name}


async def test_registrations_at_once_make_one_organization(world: World) -> None:
    key, body = _key(), _registration(f"Twins {uuid.uuid4().hex[:8]}")
    stranger = world.people.stranger()
    await stranger.csrf()
    answers = await asyncio.gather(*(stranger.post("/api/auth/register", body, headers=key) for _ in range(5)))
    # Who comes while the first is under way waits for its answer.
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1


async def _forget_answer(world: World, key: dict[str, str], lease_seconds: float | None) -> None:
    """Leave the key as a process does that was killed between the effect and the answer."""
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        forgotten = await work.session.execute(
            text(
                "update idempotency_keys set status = 409, headers = null, lease_token = gen_random_uuid(),"
                " lease_until = now() + make_interval(secs => :lease) where key = :key"
            ),
            {"key": key["Idempotency-Key"], "lease": lease_seconds},
        )
        assert isinstance(forgotten, CursorResult)
        assert forgotten.rowcount == 1


@pytest.mark.parametrize("lease", [None, -1.0, 1.0])
async def test_an_attempt_that_died_is_taken_up_under_its_key(lease: float | None, world: World) -> None:
    key, body = _key(), _registration(f"Half {uuid.uuid4().hex[:8]}")
    stranger = world.people.stranger()
    first = await stranger.post("/api/auth/register", body, headers=key)
    await _forget_answer(world, key, lease)

    again = await stranger.post("/api/auth/register", body, headers=key)
    third = await stranger.post("/api/auth/register", body, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content, "it found what the first attempt made"
    assert third.headers["idempotent-replayed"] == "true"
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        made = await work.session.execute(
            text("select count(*) from users where email = :email"), {"email": body["email"]}
        )
        assert made.scalar_one() == 1


async def test_a_connected_server_is_found_by_the_attempt_that_takes_over(world: World) -> None:
    key = _key()
    body = {"name": world.word("Server"), "base_url": "https://n8n.example.com", "api_key": "key"}
    client = world.operator.client
    first = await client.post("/api/workflows/environments", body, headers=key)
    await _forget_answer(world, key, None)
    again = await client.post("/api/workflows/environments", body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]


async def test_a_pause_that_was_not_answered_is_answered_under_its_key(world: World) -> None:
    key, path = _key(), f"/api/workflows/{await build_workflow(world)}/pause"
    first = await world.operator.client.post(path, headers=key)
    await _forget_answer(world, key, None)
    again = await world.operator.client.post(path, headers=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["status"] == "PAUSED"
    # Without the key it is another act, which the state does not allow.
    assert (await world.operator.client.post(path)).status_code == 409


async def test_an_attempt_under_way_is_told_with_when_to_come_back(world: World) -> None:
    key, body = _key(), _registration(f"Slow {uuid.uuid4().hex[:8]}")
    stranger = world.people.stranger()
    assert (await stranger.post("/api/auth/register", body, headers=key)).status_code == 201
    await _forget_answer(world, key, 3600.0)
    answer = await stranger.post("/api/auth/register", body, headers=key)
    assert answer.status_code == 409
    assert answer.json()["type"] == "request/idempotency-key-in-use"
    assert answer.headers["retry-after"] == "1"


async def test_a_refusal_in_phases_frees_the_key(world: World) -> None:
    key, body = _key(), _registration(f"Weak {uuid.uuid4().hex[:8]}")
    stranger = world.people.stranger()
    for password, status in (("short", 422), ("alllowercase", 422), ("Lighthouse-7", 201)):
        answer = await stranger.post("/api/auth/register", {**body, "password": password}, headers=key)
        assert answer.status_code == status


async def test_the_etag_of_the_first_answer_comes_again(world: World) -> None:
    key, project = _key(), await build_project(world)
    body = {"status": "PROPOSED"}
    first = await world.operator.client.post(f"/api/projects/{project}/status", body, headers=key)
    again = await world.operator.client.post(f"/api/projects/{project}/status", body, headers=key)
    assert first.headers["etag"]
    assert again.headers["etag"] == first.headers["etag"]


async def test_a_refusal_frees_the_key(world: World) -> None:
    key, project = _key(), await build_project(world)
    path = f"/api/projects/{project}/status"
    assert (await world.operator.client.post(path, {"status": "COMPLETED"}, headers=key)).status_code == 409
    again = await world.operator.client.post(path, {"status": "PROPOSED"}, headers=key)
    assert again.status_code == 200
    assert "idempotent-replayed" not in again.headers


async def test_answers_lie_sealed(world: World) -> None:
    key, body = _key(), {"org_id": str(world.own), "title": world.word("Unmistakable")}
    assert (await world.operator.client.post("/api/projects", body, headers=key)).status_code == 201
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        row = (
            await work.session.execute(
                text("select * from idempotency_keys where key = :key"), {"key": key["Idempotency-Key"]}
            )
        ).mappings().one()  # fmt: skip
        assert "Unmistakable" not in str(dict(row))
        assert "Unmistakable" in work.keyring.open(row["answer"])


async def test_a_sign_in_is_not_replayed_from_a_key(world: World) -> None:
    """Tokens are not things that are made: each sign-in is its own, whatever key it carries."""
    person, key = await world.member(Role.OWNER), _key()
    body = {"email": person.email, "password": PASSWORD}
    first = await world.people.stranger().post("/api/auth/login", body, headers=key)
    second = await world.people.stranger().post("/api/auth/login", body, headers=key)
    assert first.json()["refresh_token"] != second.json()["refresh_token"]


@pytest.mark.parametrize("key", ["", "a" * 256, "schl\u00fcssel", "tab\there"])
async def test_a_key_that_is_none_is_refused(key: str, world: World) -> None:
    answer = await world.operator.client.post(
        "/api/projects",
        {"org_id": str(world.own), "title": world.word()},
        headers={"Idempotency-Key": key.encode("latin-1")},
    )
    assert answer.status_code == 422


class SlowHasher:
    """Hashes when it is told to: holds an attempt between its phases."""

    def __init__(self, real: PasswordHasher) -> None:
        self._real = real
        self.is_reached, self.may_go_on = asyncio.Event(), asyncio.Event()
        self._held = 0

    async def hash(self, password: str, *, source: str | None = None) -> str:
        self._held += 1
        if self._held == 1:
            self.is_reached.set()
            await self.may_go_on.wait()
        return await self._real.hash(password, source=source)


async def test_an_overtaken_attempt_changes_nothing_and_tells_what_was_made(world: World) -> None:
    ports = world.people.ports
    real = ports.get(PasswordHasher)
    slow = SlowHasher(real)
    key, body = _key(), _registration(f"Frozen {uuid.uuid4().hex[:8]}")
    stranger = world.people.stranger()
    await stranger.csrf()
    ports.provide(PasswordHasher, cast("PasswordHasher", slow))
    try:
        first = asyncio.create_task(stranger.post("/api/auth/register", body, headers=key))
        await slow.is_reached.wait()
        async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(
                text("update idempotency_keys set lease_until = now() - interval '1 s' where key = :key"),
                {"key": key["Idempotency-Key"]},
            )
        second = await stranger.post("/api/auth/register", body, headers=key)
        slow.may_go_on.set()
        overtaken = await first
    finally:
        ports.provide(PasswordHasher, real)
    third = await stranger.post("/api/auth/register", body, headers=key)

    assert (second.status_code, overtaken.status_code, third.status_code) == (201, 201, 201)
    assert second.content == overtaken.content == third.content
    assert third.headers["idempotent-replayed"] == "true"
