"""The answer leaves after the commit: one that fails is never answered with 2xx."""

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from tests.client import Client
from tests.core.http.conftest import SERIALIZATION_FAILURE, TAKEN, operators_client
from tests.people import SYSTEM
from tests.security.world import World

PATHS = ("/api/probe", "/api/probe/phases")


async def _rows(world: World, table: str) -> int:
    statement = {"probe": "select count(*) from probe", "keys": "select count(*) from idempotency_keys"}[table]
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return int((await work.session.execute(text(statement))).scalar_one())


@pytest.mark.parametrize("path", PATHS)
async def test_a_commit_that_fails_answers_500_and_leaves_nothing(path: str, probed: FastAPI, world: World) -> None:
    client, before = await operators_client(probed, world), await _rows(world, "probe")

    answer = await client.post(path, {"parent": 404}, csrf=False)

    assert answer.status_code == 500
    assert answer.json()["type"] == "problem"
    assert await _rows(world, "probe") == before


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("parent", "status", "slug"),
    [(SERIALIZATION_FAILURE, 503, "unavailable"), (TAKEN, 409, "conflict")],
    ids=["try again", "taken"],
)
async def test_a_commit_that_fails_says_what_to_do(
    path: str, parent: int, status: int, slug: str, probed: FastAPI, world: World
) -> None:
    client, before = await operators_client(probed, world), await _rows(world, "probe")
    answer = await client.post(path, {"parent": parent}, csrf=False)
    assert (answer.status_code, answer.json()["type"]) == (status, slug)
    assert await _rows(world, "probe") == before


async def test_a_statement_that_failed_unheard_is_no_success(probed: FastAPI, world: World) -> None:
    """PostgreSQL rolls back what it is told to commit after a failure, and calls that no error."""
    client, before = await operators_client(probed, world), await _rows(world, "probe")
    answer = await client.post("/api/probe/swallowed", {"parent": 1}, csrf=False)
    assert answer.status_code == 500
    assert await _rows(world, "probe") == before


@pytest.mark.parametrize("path", PATHS)
async def test_a_commit_that_holds_answers_201(path: str, probed: FastAPI, world: World) -> None:
    client, before = await operators_client(probed, world), await _rows(world, "probe")
    assert (await client.post(path, {"parent": 1}, csrf=False)).status_code == 201
    assert await _rows(world, "probe") == before + 1


@pytest.mark.parametrize("path", PATHS)
async def test_a_commit_that_fails_keeps_no_answer(path: str, probed: FastAPI, world: World) -> None:
    client = await operators_client(probed, world)
    headers = {"Idempotency-Key": f"commit-{path}"}
    for _ in range(2):
        answer = await client.post(path, {"parent": 404}, csrf=False, headers=headers)
        assert answer.status_code == 500
        assert "idempotent-replayed" not in answer.headers
    # The request goes on under its key once the cause is mended.
    await world.owner_sql("insert into probe_parents values (404)")
    try:
        assert (await client.post(path, {"parent": 404}, csrf=False, headers=headers)).status_code == 201
    finally:
        await world.owner_sql("delete from probe where parent = 404")
        await world.owner_sql("delete from probe_parents where id = 404")


async def test_a_failed_commit_frees_the_key_of_a_request_with_one_unit(probed: FastAPI, world: World) -> None:
    client, before = await operators_client(probed, world), await _rows(world, "keys")
    headers = {"Idempotency-Key": "one-unit"}
    assert (await client.post(PATHS[0], {"parent": 404}, csrf=False, headers=headers)).status_code == 500
    assert await _rows(world, "keys") == before
    assert (await client.post(PATHS[0], {"parent": 1}, csrf=False, headers=headers)).status_code == 201


async def test_what_breaks_inside_is_not_told(probed: FastAPI) -> None:
    answer = await Client(probed).get("/api/probe/broken")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert set(answer.json()) == {"type", "title", "status", "detail", "instance"}
    assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
