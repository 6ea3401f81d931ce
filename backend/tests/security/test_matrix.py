"""Authorization, door by door: each cell of ``matrix`` is asked for over HTTP."""

import uuid
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.client import Client
from tests.security.callers import Callers
from tests.security.calls import CALLS, Call
from tests.security.matrix import MATRIX, NEVER_SUCCEEDS
from tests.security.operations import OUTSIDE, Operation, operations, outsiders
from tests.security.world import World

_HEADER, *_LINES = [line for line in MATRIX.splitlines() if line.strip() and not line.startswith("#")]
COLUMNS = _HEADER.split()[1:]
ROWS = {line.split()[0]: dict(zip(COLUMNS, line.split()[1:], strict=True)) for line in _LINES}
#: Who is asked for the last three columns: the first of these whom the line lets in.
ABLE = ("OPE", "OWN", "AUD", "non")
LAST = ("csr", "unk", "ctl")
#: Operations that end the caller's session.
USES_UP_CALLER = {"logout"}


def able(row: dict[str, str]) -> str:
    """Return the column of somebody who may; a stranger where nobody succeeds."""
    return next((name for name in ABLE if row[name].startswith("2")), "non")


async def send(
    client: Client, operation: Operation, call: Call, *, csrf: bool = True, query: dict[str, str] | None = None
) -> Response:
    """Make a call."""
    options = {} if call.content is None else {"content": call.content}
    return await client.request(
        operation.method,
        operation.path.format(**call.ids),
        csrf=csrf,
        json=call.json,
        headers=dict(call.headers),
        params={**call.query, **(query or {})},
        **options,
    )


async def call_for(operation: Operation, world: World) -> Call:
    """Return how to call an operation, about a fresh thing."""
    if operation.id in CALLS:
        return await CALLS[operation.id](world)
    assert "{" not in operation.path, f"{operation.id}: say in tests/security/calls.py how to call it"
    return Call()


def _parameters() -> Iterator[object]:
    for name in ROWS:
        yield pytest.param(name, id=name)


def test_every_operation_has_its_line(app: FastAPI) -> None:
    assert list(operations(app).keys() - ROWS.keys()) == [], "write their lines in tests/security/matrix.py"
    assert list(ROWS.keys() - operations(app).keys()) == [], "these operations are gone"


def test_nothing_is_served_outside_the_contract(app: FastAPI) -> None:
    assert outsiders(app) == set(OUTSIDE)


@pytest.mark.parametrize("name", ROWS)
def test_every_line_has_a_success_and_a_refusal(name: str) -> None:
    cells = ROWS[name].values()
    assert any(cell.startswith("2") for cell in cells) != (name in NEVER_SUCCEEDS)
    assert any(cell.startswith("4") for cell in cells)


@pytest.mark.parametrize("name", ROWS)
async def test_each_caller_gets_the_status_of_the_table(
    name: str, app: FastAPI, world: World, callers: Callers
) -> None:
    operation, row = operations(app)[name], ROWS[name]
    doer, call = able(row), await call_for(operations(app)[name], world)
    seen: dict[str, str] = {}
    for column in COLUMNS:
        if row[column] == "-":
            seen[column] = "-"
            continue
        caller = doer if column in LAST else column
        client = await callers.get(caller, doer, fresh=name in USES_UP_CALLER)
        answer = await send(
            client,
            operation,
            call.elsewhere() if column == "unk" else call,
            csrf=column != "csr",
            query={"x": "a\x00b"} if column == "ctl" else None,
        )
        seen[column] = str(answer.status_code)
        if operation.is_unsafe and answer.is_success:
            call = await call_for(operation, world)
    assert seen == row, {column: (row[column], seen[column]) for column in COLUMNS if row[column] != seen[column]}


@pytest.mark.parametrize(
    "name", [name for name, row in ROWS.items() if any(row[column] == "404" for column in ("fOW", "fAD", "fUS"))]
)
async def test_not_yours_and_not_there_are_the_same_answer(
    name: str, app: FastAPI, world: World, callers: Callers
) -> None:
    operation, row = operations(app)[name], ROWS[name]
    call = await call_for(operation, world)
    for column in ("fOW", "fAD", "fUS"):
        if row[column] != "404":
            continue
        client, request_id = await callers.get(column, able(row)), str(uuid.uuid4())
        client.http.headers["X-Request-ID"] = request_id
        not_yours = await send(client, operation, call)
        not_there = await send(client, operation, call.elsewhere())
        assert not_yours.content == not_there.content
        assert sorted(not_yours.headers.items()) == sorted(not_there.headers.items())
        assert not_yours.json()["instance"] == request_id
