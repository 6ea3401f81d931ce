"""Authorization, door by door: each cell of every row is asked for over HTTP."""

import uuid

import pytest
from fastapi import FastAPI

from capecontrol.core.permissions import Role
from tests.security.callers import Callers
from tests.security.columns import COLUMNS, REQUESTS, SEATS
from tests.security.rows import ROWS
from tests.security.served import OUTSIDE, operations, outsiders
from tests.security.world import World


def test_every_operation_has_its_row(app: FastAPI) -> None:
    assert sorted(operations(app).keys() - ROWS.keys()) == [], "write their rows in their feature's operations.py"
    assert sorted(ROWS.keys() - operations(app).keys()) == [], "these operations are gone"


def test_every_role_has_its_column() -> None:
    assert {seat.role for seat in SEATS.values()} == set(Role), "write its line in tests/security/columns.py"


def test_nothing_is_served_outside_the_contract(app: FastAPI) -> None:
    assert outsiders(app) == set(OUTSIDE)


@pytest.mark.parametrize("name", ROWS)
def test_every_row_has_a_success_and_a_refusal(name: str) -> None:
    row = ROWS[name]
    assert any(map(row.lets_in, COLUMNS)) != bool(row.never_succeeds)
    assert any(status is not None and 400 <= status < 500 for status in row.cells.values())


@pytest.mark.parametrize("name", ROWS)
def test_a_column_that_applies_is_written(name: str, app: FastAPI) -> None:
    row, operation = ROWS[name], operations(app)[name]
    assert (row.no_csrf is not None) == operation.is_unsafe
    assert (row.unknown is not None) == ("{" in operation.path)


@pytest.mark.parametrize("name", ROWS)
async def test_each_caller_gets_the_status_of_the_table(
    name: str, app: FastAPI, world: World, callers: Callers
) -> None:
    row, operation = ROWS[name], operations(app)[name]
    call = await row.call(world)
    seen: dict[str, int | None] = {}
    for column, status in row.cells.items():
        if status is None:
            seen[column] = None
            continue
        caller = row.able if column in REQUESTS else column
        answer = await operation.send(
            await callers.get(caller, row.able, fresh=row.ends_session),
            call.elsewhere() if column == "unk" else call,
            csrf=column != "csr",
            query={"x": "a\x00b"} if column == "ctl" else None,
        )
        seen[column] = answer.status_code
        if operation.is_unsafe and answer.is_success:
            call = await row.call(world)
    assert seen == row.cells, {column: (row.cells[column], seen[column]) for column in COLUMNS}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.hidden_from])
async def test_not_yours_and_not_there_are_the_same_answer(
    name: str, app: FastAPI, world: World, callers: Callers
) -> None:
    row, operation = ROWS[name], operations(app)[name]
    call = await row.call(world)
    for column in row.hidden_from:
        client, request_id = await callers.get(column, row.able), str(uuid.uuid4())
        client.http.headers["X-Request-ID"] = request_id
        not_yours = await operation.send(client, call)
        not_there = await operation.send(client, call.elsewhere())
        assert not_yours.content == not_there.content
        assert sorted(not_yours.headers.items()) == sorted(not_there.headers.items())
        assert not_yours.json()["instance"] == request_id
