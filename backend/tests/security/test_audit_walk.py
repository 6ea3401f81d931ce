"""Every unsafe operation that succeeds leaves an audit event: walked over the application's routes."""

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.main.features import audit_areas, event_registry
from tests.outbox_drain import Drain
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import operations
from tests.security.world import World


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.no_csrf and not row.never_succeeds])
async def test_a_success_leaves_an_event(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    row, operation = ROWS[name], operations(app)[name]
    call, client = await row.call(world), await callers.asked(row)
    before = await world.count("audit_events")

    answer = await operation.send(client, call)

    assert answer.is_success, answer.text
    if row.acts_later:
        assert await world.count("audit_events") == before, "now it is one at once"
        people = world.people
        await Drain(people.factory, event_registry(), people.ports)(only={row.acts_later})
    after = await world.count("audit_events")
    assert (after > before) != bool(row.no_act), "a new act without an event" if after == before else "now it is one"
    async with world.unit() as work:
        actions = (await work.session.execute(text("select distinct action from audit_events"))).scalars().all()
    assert [action for action in actions if audit_areas().title(action, {}) == action] == [], "it needs words"


async def test_a_refused_audit_refuses_the_act(app: FastAPI, world: World) -> None:
    """Act and event are one transaction: when the log cannot be written, nothing happened, and no code is lost."""
    operation = operations(app)["create_project"]
    call = await ROWS["create_project"].call(world)
    first = (await operation.send(world.operator.client, call)).json()["code"]
    projects = await world.count("projects")
    await world.owner_sql(
        "alter table audit_events add constraint refused check (action <> 'project.created') not valid"
    )
    try:
        answer = await operation.send(world.operator.client, call)
    finally:
        await world.owner_sql("alter table audit_events drop constraint refused")

    assert answer.status_code == 500
    assert await world.count("projects") == projects
    following = (await operation.send(world.operator.client, call)).json()["code"]
    assert _number(following) == _number(first) + 1


def _number(code: str) -> int:
    return int(code.rpartition("-")[2])


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
