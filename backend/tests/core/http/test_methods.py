"""Methods: what an address offers it says, HEAD is GET without its content, and what is not there has no methods."""

import uuid
from collections.abc import Mapping

import pytest
from fastapi import FastAPI

from capecontrol.core.http.addresses import is_closer
from tests.client import Client
from tests.plain_http import send
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import Operation, operations
from tests.security.world import World

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
#: What differs between two answers that are alike.
_OF_THE_MOMENT = {"x-request-id", "set-cookie", "x-csrf-token", "date"}
READ = [name for name, row in ROWS.items() if row.no_csrf is None]


def _by_path(app: FastAPI) -> Mapping[str, set[str]]:
    offered: dict[str, set[str]] = {}
    for operation in operations(app).values():
        offered.setdefault(operation.path, {"OPTIONS"}).add(operation.method)
    return {path: methods | ({"HEAD"} if "GET" in methods else set()) for path, methods in offered.items()}


def _address(path: str) -> str:
    """An address of a path's form. Whether the thing is there does not matter for what may be done to such things."""
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + str(uuid.uuid4()) + rest.partition("}")[2]
    return path


def _allowed(header: str | None) -> set[str]:
    return {word.strip() for word in (header or "").split(",")}


async def test_every_path_says_what_it_offers(app: FastAPI) -> None:
    """To anybody; also where an address has the form of another path, as that of the servers has that of a workflow."""
    wrong = []
    for path, methods in _by_path(app).items():
        answer = await send(app, "OPTIONS", _address(path))
        if (answer.status_code, _allowed(answer.headers.get("allow")), answer.content) != (204, methods, b""):
            wrong.append(f"{path}: {answer.status_code} {answer.headers.get('allow')}")
    assert wrong == []


async def test_a_method_that_is_not_offered_is_405_and_says_which_are(app: FastAPI, world: World) -> None:
    wrong = []
    for path, methods in _by_path(app).items():
        for method in {*METHODS, "BREW"} - methods:
            answer = await world.operator.client.request(method, _address(path))
            if (answer.status_code, _allowed(answer.headers.get("allow"))) != (405, methods):
                wrong.append(f"{method} {path}: {answer.status_code} {answer.headers.get('allow')}")
    assert wrong == []


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nothing", "/api/projects/", "/v1/nothing", "/v1", "/api/auth/nothing", "/dev/x"]
)
async def test_what_is_not_there_has_no_methods(path: str, method: str, app: FastAPI) -> None:
    answer = await send(app, method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert method == "HEAD" or answer.json()["type"] == "not-found"
    assert "allow" not in answer.headers


@pytest.mark.parametrize("name", READ)
async def test_head_is_get_without_its_content(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    row, operation = ROWS[name], operations(app)[name]
    client, call = await callers.get(row.able, row.able), await row.call(world)
    if operation.id == "stream_changes":
        # It goes on for as long as somebody listens, who reads only its head here.
        head = await client.request("HEAD", operation.path)
        assert (head.status_code, head.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        return
    get = await operation.send(client, call)
    head = await Operation(operation.id, "HEAD", operation.path, operation.route).send(client, call)
    assert get.is_success
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert _lasting(head.headers) == _lasting(get.headers)


def _lasting(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in _OF_THE_MOMENT}


async def test_the_head_of_an_export_exports_nothing(world: World) -> None:
    client = world.operator.client

    async def recorded() -> list[str]:
        acts = (await client.get("/api/audit?limit=100")).json()["items"]
        return [act["action"] for act in acts if "export" in act["action"]]

    await client.get("/api/projects/export.csv")
    before = await recorded()
    assert before[:2] == ["project.exported", "project.export_started"]
    head = await client.request("HEAD", "/api/projects/export.csv")
    assert (head.status_code, head.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert await recorded() == before


async def test_streams_of_which_only_the_head_was_asked_hold_no_place(world: World) -> None:
    for _ in range(40):
        assert (await world.operator.client.request("HEAD", "/api/live")).status_code == 200


async def test_head_is_refused_as_get_is(app: FastAPI, world: World) -> None:
    for path, status in (("/api/projects", 401), ("/api/auth/me", 401)):
        assert (await send(app, "HEAD", path)).status_code == status
    operator = world.operator.client
    assert (await operator.request("HEAD", f"/api/projects/{uuid.uuid4()}")).status_code == 404
    assert (await operator.request("HEAD", "/api/projects?page=0")).status_code == 422


async def test_what_may_be_done_is_asked_as_often_as_anything(app: FastAPI) -> None:
    """And needs no token: it changes nothing."""
    answer = await Client(app).request("OPTIONS", "/api/projects", csrf=False)
    assert answer.status_code == 204


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("/workflows/templates", "/workflows/{id}"),
        ("/workflows/templates/{id}", "/workflows/{id}/executions"),
        ("/a/{x}/c", "/a/{x}/{y}"),
    ],
)
def test_a_word_is_meant_before_a_name(form: str, other: str) -> None:
    assert is_closer(form, other)
    assert not is_closer(other, form)


@pytest.mark.parametrize(
    ("form", "other"),
    [("/a/b", "/a/c"), ("/a/{x}", "/b/{x}"), ("/a/{x}", "/a/{y}"), ("/a/b", "/a/{x}/c"), ("/a/b/{x}", "/a/{y}/c/d")],
)
def test_paths_that_share_no_address_leave_each_other_alone(form: str, other: str) -> None:
    assert not is_closer(form, other)
    assert not is_closer(other, form)
