"""Blocked attempts are on record with the object that was asked for, and the answer tells nothing of it."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.audit import AuditEntry, AuditSink
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.http.blocked_attempts import SINGLE_MAX, WINDOW, BlockedAttempts
from capecontrol.core.path_objects import PathObject
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.main.features import path_objects
from tests.features.bulk_operations.builders import build_operation
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_draft
from tests.moving_clock import MovingClock
from tests.people import Person
from tests.security.callers import Callers
from tests.security.columns import SEATS
from tests.security.rows import ROWS
from tests.security.served import every_operation, operations
from tests.security.world import World

#: What paths name and no organization owns: a token opens what it is for, files are found by their digests, and the
#: mailbox is that of a local run.
NO_OBJECTS = {"token", "sha256", "step", "slug", "name", "mail_id", "index"}
ABOUT_ONE = [name for name, row in ROWS.items() if row.hidden_from]
#: Operations whose paths name no object by its id.
NAMED_OTHERWISE = {"complete_onboarding_step"}
#: Each operation about one thing that is kept from a role, with a column of that role.
KEPT_FROM = [
    (name, column)
    for name, row in ROWS.items()
    for column in ("DEV", "AUD", "USE")
    if row.cells["unk"] is not None and row.cells[column] == 403 and row.operation not in NAMED_OTHERWISE
]


@pytest.fixture(autouse=True)
def attempts(app: FastAPI, factory: UnitOfWorkFactory) -> Iterator[BlockedAttempts]:
    """What takes the attempts, with none of those that other tests left in the application's own."""
    own = app.state.http
    taken = BlockedAttempts(factory)
    app.state.http = replace(own, blocked_attempts=taken)
    yield taken
    app.state.http = own


async def recorded(world: World, *, reader: Person | None = None, **query: str) -> list[dict[str, Any]]:
    """Return blocked attempts, newest first."""
    answer = await (reader or world.operator).client.get("/api/audit", params={"action": "access.denied", **query})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_it_is_known_what_each_path_names(app: FastAPI) -> None:
    names = {name for one in every_operation(app).values() for name in re.findall(r"{(\w+)[:}]", one.path)}
    kinds = path_objects()
    assert {name for name in names if not kinds.knows(name)} == NO_OBJECTS


@pytest.mark.parametrize("name", ABOUT_ONE)
async def test_asking_for_another_organizations_object_is_on_record_and_for_none_is_not(
    name: str, app: FastAPI, world: World, callers: Callers, attempts: BlockedAttempts
) -> None:
    row, operation = ROWS[name], operations(app)[name]
    call = await row.call(world)
    for column in row.hidden_from:
        person = await callers.person(column)
        foreign, unknown = str(uuid.uuid4()), str(uuid.uuid4())
        for request_id, asked in ((foreign, call), (unknown, call.elsewhere())):
            person.client.http.headers["X-Request-ID"] = request_id
            assert (await operation.send(person.client, asked)).status_code == 404
        # The request itself has not looked whose it is: its time cannot tell.
        assert await recorded(world, q=foreign) == []
        await attempts.record()

        [event] = await recorded(world, q=foreign)
        [kind] = {kind.kind for kind, _ in path_objects().named_in(call.ids)}
        assert (event["resource_type"], event["resource_id"]) == (kind, next(iter(call.ids.values())))
        assert (event["actor_id"], event["org_id"]) == (str(person.id), str(world.foreign))
        assert event["outcome"] == "DENIED"
        assert event["metadata"] == {
            "reason": "other-organization",
            "operation": name,
            "summary": operation.route.summary,
            "owner_org_id": str(world.own),
        }
        assert event["title"] == _titled(f"Blocked attempt: {operation.route.summary}", event)
        assert await recorded(world, q=unknown) == []


@pytest.mark.parametrize(("name", "column"), KEPT_FROM)
async def test_a_refusal_by_role_names_the_object_and_the_permission(
    name: str, column: str, app: FastAPI, world: World, callers: Callers
) -> None:
    row, operation = ROWS[name], operations(app)[name]
    assert SEATS[column].is_onboarded
    call, client, request_id = await row.call(world), await callers.get(column, row.able), str(uuid.uuid4())
    client.http.headers["X-Request-ID"] = request_id
    assert (await operation.send(client, call)).status_code == 403
    [event] = await recorded(world, q=request_id)
    assert event["resource_id"] == next(iter(call.ids.values()))
    assert event["resource_type"] != "operation"
    assert event["metadata"]["operation"] == name
    assert event["metadata"]["permission"] in operation.route.permissions
    assert event["metadata"]["reason"] == "auth/forbidden"
    assert event["title"] == _titled(f"Blocked attempt: {operation.route.summary}", event)


def _titled(title: str, event: dict[str, Any]) -> str:
    """Return a title with the record that was asked for, if it is one."""
    return f"{title} ({event['record']['code']})" if event["record"] else title


async def test_a_crawler_of_ids_does_not_fill_the_log(
    world: World, attempts: BlockedAttempts, clock: MovingClock
) -> None:
    project, person = await build_project(world), await world.member(Role.USER, foreign=True)
    for _ in range(SINGLE_MAX + 5):
        assert (await person.client.get(f"/api/projects/{project}")).status_code == 404
        assert (await person.client.get(f"/api/projects/{uuid.uuid4()}")).status_code == 404
        await attempts.record()
    assert len(await recorded(world, actor=str(person.id), limit="100")) == SINGLE_MAX

    clock.advance(WINDOW)
    await attempts.record()
    await attempts.record()
    reader = await world.people.person(Role.AUDITOR)
    [summary, *_] = events = await recorded(world, reader=reader, actor=str(person.id), limit="100")
    assert len(events) == SINGLE_MAX + 1
    assert summary["action"] == "access.denied_repeatedly"
    assert summary["metadata"]["count"] == 5
    assert summary["title"] == "More blocked attempts: 5"


async def test_somebody_who_may_not_and_tries_without_end_does_not_fill_the_log(
    world: World, attempts: BlockedAttempts, clock: MovingClock
) -> None:
    member, other = await world.member(Role.USER), await world.people.person(Role.AUDITOR)
    for _ in range(SINGLE_MAX + 5):
        assert (await member.client.get("/api/workflows/environments")).status_code == 403
    assert (await other.client.get("/api/workflows/environments")).status_code == 403
    assert len(await recorded(world, actor=str(member.id), limit="100")) == SINGLE_MAX
    assert len(await recorded(world, actor=str(other.id))) == 1

    clock.advance(WINDOW)
    await attempts.record()
    await attempts.record()
    reader = await world.people.person(Role.AUDITOR)
    [summary, *_] = events = await recorded(world, reader=reader, actor=str(member.id), limit="100")
    assert len(events) == SINGLE_MAX + 1
    assert (summary["action"], summary["metadata"]["count"]) == ("access.denied_repeatedly", 5)
    assert len(await recorded(world, reader=reader, actor=str(other.id))) == 1
    assert (await other.client.get("/api/workflows/environments")).status_code == 403
    assert len(await recorded(world, reader=reader, actor=str(other.id))) == 2


async def test_questions_for_the_password_are_counted_by_themselves(
    world: World, attempts: BlockedAttempts, clock: MovingClock
) -> None:
    """They are no denials: who is asked without end is still on record with what they may not do."""
    person = await world.people.person(Role.OPERATOR, confirmed=False)
    asked = {"actor": str(person.id), "action": "access.confirmation_asked", "limit": "100"}
    for _ in range(SINGLE_MAX + 3):
        assert (await person.client.delete("/api/business/logo")).status_code == 403
    assert (await person.client.get("/api/onboarding")).status_code == 403
    assert len(await recorded(world, reader=world.operator, **asked)) == SINGLE_MAX
    assert len(await recorded(world, actor=str(person.id))) == 1

    clock.advance(WINDOW)
    await attempts.record()
    reader = await world.people.person(Role.AUDITOR)
    [counted, *singles] = await recorded(world, reader=reader, **asked)
    assert len(singles) == SINGLE_MAX
    assert (counted["action"], counted["outcome"]) == ("access.confirmation_asked_repeatedly", "SUCCESS")
    assert counted["title"] == "Password required 3 more times"
    assert len(await recorded(world, reader=reader, actor=str(person.id))) == 1


async def test_what_was_only_counted_is_on_record_when_the_process_ends(
    world: World, attempts: BlockedAttempts
) -> None:
    project, person = await build_project(world), await world.member(Role.USER, foreign=True)
    async with attempts.recording():
        for _ in range(SINGLE_MAX + 2):
            assert (await person.client.get(f"/api/projects/{project}")).status_code == 404
    events = await recorded(world, actor=str(person.id), limit="100")
    assert len(events) == SINGLE_MAX + 1
    assert events[0]["metadata"]["count"] == 2


async def test_an_attempt_waits_for_a_database_that_is_away(world: World, factory: UnitOfWorkFactory) -> None:
    project, person = uuid.UUID(await build_project(world)), await world.member(Role.USER, foreign=True)

    outages = [ConnectionError()]

    class Away(AuditSink):
        """A log that cannot be written the first time."""

        async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
            if outages:
                raise outages.pop()
            await factory.audit.write(transaction, entry)

    attempts, request_id = BlockedAttempts(replace(factory, audit=Away())), str(uuid.uuid4())
    actor = Actor.person(person.id, person.email, Role.USER, name="Somebody", org_id=world.foreign)
    kind = PathObject("project_id", "project", ProjectDao)
    attempts.note(actor, Origin(request_id=request_id), "get_project", "Retrieve a project", [(kind, project)])
    with pytest.raises(ConnectionError):
        await attempts.record()
    await attempts.record()
    await attempts.record()
    assert len(await recorded(world, q=request_id)) == 1


async def test_a_member_who_asks_for_a_draft_of_their_own_organization_leaves_no_attempt(
    world: World, attempts: BlockedAttempts
) -> None:
    """Clients do not see drafts: to them they are not there."""
    draft, member = await build_draft(world), await world.member(Role.OWNER)
    assert (await member.client.get(f"/api/proposals/{draft}")).status_code == 404
    await attempts.record()
    assert await recorded(world, resource_id=draft) == []


async def test_staff_who_do_not_see_something_leave_no_attempt(world: World, attempts: BlockedAttempts) -> None:
    """All organizations are theirs to see; what a member began in a release that knows more is shown by that one."""
    operation, member = await build_operation(world), await world.member(Role.OWNER)
    await world.sql(
        "update bulk_operations set kind = 'of.a.newer.release', org_id = :org, person_id = :member where id = :id",
        id=operation, org=world.own, member=member.id,
    )  # fmt: skip
    assert (await world.operator.client.get(f"/api/bulk-operations/{operation}")).status_code == 404
    await attempts.record()
    assert await recorded(world, resource_id=operation) == []
