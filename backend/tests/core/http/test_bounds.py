"""The bounds of a body: its size, its members, and how many of its errors are told. Each refusal costs little."""

import json
import time

import pytest
from fastapi import FastAPI

from capecontrol.core.http.body import RequestBody, members_max_of
from capecontrol.core.http.json_text import MEMBERS_MAX, check_members
from capecontrol.core.http.reads import BATCH_MEMBERS_MAX
from capecontrol.core.problems import ERRORS_MAX, TooLarge
from capecontrol.features.workflows.schemas.templates import FILE_MEMBERS_MAX, NewTemplate
from tests.client import Client
from tests.key_store import KeyStore
from tests.plain_http import send
from tests.security.world import World

JSON = {"Content-Type": "application/json"}
#: What refusing may cost. It took 9.3 s (review of security, A1).
CPU_SECONDS = 0.2
NOTE = "/v1/probe/note"


def _members(count: int) -> bytes:
    return ("{" + ",".join(f'"{number}":1' for number in range(count)) + "}").encode()


async def _refused(app: FastAPI, path: str, content: bytes) -> tuple[int, dict[str, object], int]:
    """Return status, problem and size of an answer that costs little."""
    client, costs = Client(app), []
    pair = await client.csrf() if path.startswith("/api/") else ""
    # The cheapest of three: what others left to the collector of garbage is not its cost.
    for _ in range(3):
        began = time.thread_time()
        answer = await client.post(path, content=content, headers={**JSON, "X-CSRF-Token": pair}, csrf=False)
        costs.append(time.thread_time() - began)
    assert min(costs) < CPU_SECONDS
    return answer.status_code, answer.json(), len(answer.content)


async def test_two_hundred_thousand_members_are_refused_at_once(app: FastAPI, surfaces: FastAPI) -> None:
    """By anybody: where the body may be long, and where it may not."""
    for asked, path in ((app, "/api/auth/logout"), (surfaces, NOTE)):
        status, problem, size = await _refused(asked, path, _members(200_000))
        assert (status, problem["type"]) == (413, "request/too-large")
        assert size < 1000


@pytest.mark.parametrize(
    "content",
    [b"[" + b"[]," * 600_000 + b"[]]", b'["' + b'","' * 500_000 + b'"]', b"[0" + b",0" * 900_000],
    ids=["lists", "texts", "numbers"],
)
async def test_whatever_there_is_too_much_of_is_refused_at_once(content: bytes, surfaces: FastAPI) -> None:
    assert (await _refused(surfaces, NOTE, content))[0] == 413


@pytest.mark.parametrize("content", [b"{" * 2_000_000, b'{"a":' * 300_000, (b"[" * 64 + b"]" * 64 + b",") * 15_000])
async def test_depth_is_refused_at_once(content: bytes, surfaces: FastAPI) -> None:
    """As what cannot be read; just within the bound it is too much."""
    status, _, _ = await _refused(surfaces, NOTE, content)
    assert status == (413 if content.startswith(b"[") else 400)


@pytest.mark.parametrize("text", ["a, [b], {c}, " * 2_000, '"' * 9_000, "\\" * 9_000, '\\",' * 6_000])
async def test_what_stands_in_texts_is_no_member(text: str, surfaces: FastAPI) -> None:
    """A text may be full of commas and brackets, and a quote in it does not end it."""
    content = json.dumps({"text": text}).encode()
    check_members(content, members_max=2)
    assert (await _refused(surfaces, NOTE, content))[0] in (200, 422)


@pytest.mark.parametrize("content", [b'{"a', b'["\\', b'"' * 3, b"", b'["a" "b"]'])
def test_what_is_no_json_is_left_to_who_reads_it(content: bytes) -> None:
    check_members(content)


def test_members_are_counted_exactly() -> None:
    check_members(_members(100), members_max=101)  # and the object itself
    with pytest.raises(TooLarge, match="at most 100 members and items"):
        check_members(_members(101), members_max=100)


async def test_the_first_errors_are_told_and_how_many_there_are(surfaces: FastAPI) -> None:
    status, problem, size = await _refused(surfaces, NOTE, _members(MEMBERS_MAX - 1))
    assert status == 422
    errors = problem["errors"]
    assert isinstance(errors, list)
    assert len(errors) == ERRORS_MAX + 1 == 21
    # One more error than members: the one that is missing.
    assert errors[-1] == {"pointer": "", "detail": f"And {MEMBERS_MAX - ERRORS_MAX} more."}
    assert size < 5_000


async def test_a_name_without_end_is_not_repeated(surfaces: FastAPI) -> None:
    status, _, size = await _refused(surfaces, NOTE, b'{"' + b"a" * 1_000_000 + b'": 1}')
    assert (status, size < 2_000) == (422, True)


@pytest.mark.parametrize("path", ["/api/auth/login", "/api/auth/logout", "/api/auth/register", "/api/auth/refresh"])
async def test_a_body_about_signing_in_has_16_kib_at_most(path: str, app: FastAPI) -> None:
    for size, expected in ((16 * 1024, 400), (16 * 1024 + 1, 413)):
        status, _, _ = await _refused(app, path, b"x" * size)
        assert status == expected, size


async def test_a_batch_may_be_larger(surfaces: FastAPI, store: KeyStore) -> None:
    """A thousand items of many members each; their errors are made one by one."""
    item = json.loads(_members(BATCH_MEMBERS_MAX // 1000 - 2))
    for count, status in ((1000, 200), (1001, 413)):
        answer = await send(
            surfaces, "POST", "/v1/probe/events", key=store.issue(), content=json.dumps([item] * count), headers=JSON
        )
        assert answer.status_code == status


async def test_a_workflow_file_may_be_larger(world: World) -> None:
    nodes = [{"name": f"n{n}", "type": "n8n-nodes-base.noOp", "parameters": {}} for n in range(MEMBERS_MAX // 4)]
    answer = await world.operator.client.post(
        "/api/workflows/templates", {"name": "Large", "definition": {"nodes": nodes}}
    )
    assert answer.status_code != 413
    assert members_max_of(NewTemplate | None) == FILE_MEMBERS_MAX > members_max_of(RequestBody | None) == MEMBERS_MAX
