"""Every unsafe operation that succeeds leaves an audit event: walked over the application's routes."""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI

from tests.security.callers import Callers
from tests.security.operations import operations
from tests.security.test_matrix import ROWS, able, call_for, send
from tests.security.world import World

#: Unsafe operations whose success is not an act, with the reason.
NOT_ACTS: Mapping[str, str] = {
    "advance_local_clock": "the local run's clock, in local and test only: nothing of the platform changes",
}
#: Who must be asked because the first who may would only repeat what is done.
DOERS: Mapping[str, str] = {"complete_onboarding_step": "new", "logout": "OWN"}
UNSAFE = [
    name for name, row in ROWS.items() if row["csr"] != "-" and any(cell.startswith("2") for cell in row.values())
]


@pytest.mark.parametrize("name", UNSAFE)
async def test_a_success_leaves_an_event(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    operation, row = operations(app)[name], ROWS[name]
    assert operation.is_unsafe
    doer = DOERS.get(name, able(row))
    call = await call_for(operation, world)
    client = await callers.get(doer, doer, fresh=True)
    before = await world.count("audit_events")

    answer = await send(client, operation, call)

    assert answer.is_success, answer.text
    after = await world.count("audit_events")
    assert (after > before) != (name in NOT_ACTS), "a new act without an event" if after == before else "now it is one"


async def test_the_walk_goes_through_every_unsafe_route(app: FastAPI) -> None:
    never = {name for name, row in ROWS.items() if not any(cell.startswith("2") for cell in row.values())}
    assert {name for name, operation in operations(app).items() if operation.is_unsafe} == {*UNSAFE, *never}


async def test_a_refused_audit_refuses_the_act(app: FastAPI, world: World, callers: Callers) -> None:
    """Act and event are one transaction: when the log cannot be written, nothing happened."""
    operation = operations(app)["create_project"]
    call = await call_for(operation, world)
    client = await callers.get("OPE", "OPE")
    projects = await world.count("projects")
    await world.owner_sql(
        "alter table audit_events add constraint refused check (action <> 'project.created') not valid"
    )
    try:
        answer = await send(client, operation, call)
    finally:
        await world.owner_sql("alter table audit_events drop constraint refused")

    assert answer.status_code == 500
    assert await world.count("projects") == projects


async def test_nobody_changes_or_removes_an_event(world: World) -> None:
    for statement in (
        "update audit_events set action = 'nothing'",
        "delete from audit_events",
        "truncate audit_events",
    ):
        with pytest.raises(Exception, match=r"permission denied|append-only"):
            await world.sql(statement)
        with pytest.raises(Exception, match="append-only"):
            await world.owner_sql(statement)
