"""A query holds the parameters of its operation and nothing else: a mistyped filter would show or export everything."""

import uuid
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.responses import PlainTextResponse

from capecontrol.core.http import Router, public
from capecontrol.core.work import Units
from tests.client import Client
from tests.features.projects.builders import build_project
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import operations
from tests.security.world import World

UNKNOWN = "This parameter isn't supported here."
CONTROL = "Line breaks and control characters aren't allowed."


def _told(answer: Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


@pytest.mark.parametrize("name", ROWS)
async def test_each_operation_names_a_parameter_that_it_does_not_know(
    name: str, app: FastAPI, world: World, callers: Callers
) -> None:
    row, operation = ROWS[name], operations(app)[name]
    is_strict = operation.path.startswith("/api/")
    client = await callers.get(row.able, row.able, fresh=row.ends_session)
    answer = await operation.send(client, await row.call(world), query={"user_idd": "1"})
    if is_strict:
        assert _told(answer) == {"/user_idd": UNKNOWN}
    else:
        assert answer.is_success


@pytest.mark.parametrize("path", ["/api/projects", "/api/projects/export.csv", "/api/audit/export.csv"])
async def test_everything_that_is_wrong_is_told_at_once(path: str, world: World) -> None:
    client = world.operator.client
    query = {"page" if path == "/api/projects" else "from": "x", "colour": "red", "q": "a\x00b", "shade\n": "\n"}
    told = _told(await client.get(path, params=query))
    assert told.pop("/page" if path == "/api/projects" else "/from") not in (UNKNOWN, CONTROL)
    assert told == {"/colour": UNKNOWN, "/q": CONTROL, "/shade\n": UNKNOWN}


async def test_the_body_is_looked_at_too_and_nothing_is_done(world: World) -> None:
    client = world.operator.client
    before = (await client.get("/api/projects")).json()["total"]
    body = {"org_id": str(world.own), "title": "Website"}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    assert _told(await client.post("/api/projects?dry_run=1", body, headers=key)) == {"/dry_run": UNKNOWN}
    both = _told(await client.post("/api/projects?dry_run=1", {**body, "title": 7}))
    assert both == {"/dry_run": UNKNOWN, "/title": "Enter text."}
    assert (await client.get("/api/projects")).json()["total"] == before
    # The key of a refused request is free.
    assert (await client.post("/api/projects", body, headers=key)).status_code == 201


async def test_who_asks_and_what_is_not_there_come_first(world: World, callers: Callers) -> None:
    project = await build_project(world)
    stranger, operator, member = world.people.stranger(), world.operator.client, await callers.get("USE", "OPE")
    assert (await stranger.get(f"/api/projects/{project}?x=1")).status_code == 401
    assert (await member.patch(f"/api/projects/{project}?x=1", {"title": "New"})).status_code == 403
    assert (await operator.get(f"/api/projects/{uuid.uuid4()}?x=1")).status_code == 404
    assert (await operator.get("/api/projects/no-id?x=1")).status_code == 404


async def test_no_answer_repeats_all_that_was_sent(world: World) -> None:
    query = "&".join(f"{'long' * 200}{number}=1" for number in range(9))
    query += "&" + "&".join(f"p{number}=1" for number in range(60))
    answer = await world.operator.client.get(f"/api/projects?{query}")
    assert len(answer.json()["errors"]) == 21
    assert answer.json()["errors"][-1]["detail"] == "And 49 more."
    assert len(answer.content) < 5_000


@pytest.mark.parametrize("sent", ["q=%0A", "q=%1f", "q=%7F"])
async def test_a_control_character_is_found_however_it_is_written(sent: str, world: World) -> None:
    assert CONTROL in _told(await world.operator.client.get(f"/api/projects?{sent}")).values()


@pytest.mark.parametrize("sent", ["q=%2500", "q=%C2%80", "q=a%2Fb%20c"])
async def test_what_only_looks_like_a_control_character_is_text(sent: str, world: World) -> None:
    assert (await world.operator.client.get(f"/api/projects?{sent}")).status_code == 200


async def test_machines_are_told_and_standards_are_obeyed(surfaces: FastAPI, store: KeyStore) -> None:
    """OFREP, OAuth and SCIM clients may send what their standards add."""
    key, form = store.issue(), "application/x-www-form-urlencoded"
    assert _told(await send(surfaces, "GET", "/v1/probe/flags?surprise=1", key=key)) == {"/surprise": UNKNOWN}
    for path, body, media_type in (
        ("/ofrep/v1/probe/beta", b"{}", "application/json"),
        ("/oauth2/probe", b"grant_type=a", form),
        ("/scim/v2/probe", b'{"text": "a"}', "application/scim+json"),
    ):
        headers = {"Content-Type": media_type}
        answer = await send(surfaces, "POST", f"{path}?surprise=1", key=key, content=body, headers=headers)
        assert answer.status_code == 200, answer.text


async def _answer(_units: Annotated[Units, public()], code: str = "") -> Any:
    return PlainTextResponse(code)


@pytest.mark.parametrize(("path", "is_strict"), [("/api/auth/sso/callback", False), ("/api/auth/sso/start", True)])
async def test_an_identity_provider_may_say_more(path: str, is_strict: bool, surfaces: FastAPI) -> None:
    router = Router("sso")
    router.get(path, operation_id=f"probe_{path[14:]}", summary="Take an answer")(_answer)
    router.add_to(surfaces)
    answer = await send(surfaces, "GET", f"{path}?code=a&session_state=b")
    assert answer.status_code == (422 if is_strict else 200)


@pytest.mark.parametrize("path", ["/?utm_source=letter", "/docs?utm_source=letter", "/about?utm_source=letter"])
async def test_addresses_of_pages_may_be_added_to(path: str, app: FastAPI) -> None:
    assert (await Client(app).get(path)).status_code in (200, 404)
