"""Entries: written with the act, told to whom they are for, also by a release that does not know them."""

import json
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.activity.interface import latest_activity
from capecontrol.main.features import activity_catalog
from tests.people import SYSTEM, People, Person

ENTRY = """
insert into activity_entries (id, org_id, occurred_at, kind, visibility, outcome, actor_type, subject_type, subject_id,
  resource_type, resource_id, data, created_at)
values (:id, :org_id, now(), :kind, :visibility, 'SUCCESS', 'SYSTEM', 'project', :project_id, 'ticket', :id,
  cast(:data as jsonb), now())
"""


async def make_project(operator: Person, org_id: uuid.UUID) -> dict[str, Any]:
    answer = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def timeline(person: Person, project: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await person.client.get(f"/api/projects/{project['id']}/activity", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def write(
    factory: UnitOfWorkFactory, project: dict[str, Any], kind: str, visibility: str, **data: object
) -> None:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text(ENTRY),
            {
                "id": new_id(),
                "org_id": project["org_id"],
                "kind": kind,
                "visibility": visibility,
                "project_id": project["id"],
                "data": json.dumps(data),
            },
        )


async def test_an_entry_and_the_audit_event_of_an_act_share_their_id(people: People) -> None:
    operator, auditor = await people.operator(), await people.person(Role.AUDITOR)
    project = await make_project(operator, await people.organization())

    [entry] = await timeline(operator, project)
    found = await auditor.client.get("/api/audit", params={"resource_id": project["id"]})

    assert [event["id"] for event in found.json()["items"]] == [entry["id"]]


async def test_an_entry_that_cannot_be_written_undoes_its_act(people: People, factory: UnitOfWorkFactory) -> None:
    operator, org_id = await people.operator(), await people.organization()
    await own_sql(factory, "alter table activity_entries add constraint refused check (kind <> 'project.created')")
    try:
        answer = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    finally:
        await own_sql(factory, "alter table activity_entries drop constraint refused")

    assert answer.status_code == 500
    assert (await operator.client.get("/api/projects")).json()["total"] == 0


async def own_sql(factory: UnitOfWorkFactory, statement: str) -> None:
    async with factory.database.engine.begin() as connection:
        await connection.exec_driver_sql(statement)


@pytest.mark.parametrize("visibility", ["STAFF", "CLIENT"])
async def test_a_kind_of_another_release_is_told_plainly_and_to_staff_only(
    visibility: str, people: People, factory: UnitOfWorkFactory
) -> None:
    operator, owner = await people.operator(), await people.owner()
    assert owner.org_id is not None
    project = await make_project(operator, owner.org_id)
    await write(factory, project, "ticket.escalated_twice", visibility, reason="Inner matters")

    newest, *_ = await timeline(operator, project)
    dashboard = (await operator.client.get("/api/dashboard")).json()["activity"]

    assert (newest["title"], newest["detail"]) == ("Ticket escalated twice", None)
    assert newest["is_visible_to_client"] is False
    assert dashboard[0]["title"] == "Ticket escalated twice"
    assert [one["action"] for one in await timeline(owner, project)] == ["project.created"]
    assert len((await owner.client.get("/api/dashboard")).json()["activity"]) == 1


async def test_data_that_an_older_release_did_not_keep_breaks_no_timeline(
    people: People, factory: UnitOfWorkFactory
) -> None:
    operator = await people.operator()
    project = await make_project(operator, await people.organization())
    for kind in activity_catalog().keys:
        await write(factory, project, kind, "CLIENT")

    titles = {one["action"]: one["title"] for one in await timeline(operator, project)}

    assert titles["proposal.sent"] == "Version … of the proposal was sent"


async def test_an_entry_keeps_the_id_and_the_name_of_who_acted_and_no_address(
    people: People, factory: UnitOfWorkFactory
) -> None:
    operator = await people.operator()
    project = await make_project(operator, await people.organization())

    [entry] = await timeline(operator, project)
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        kept = await work.session.execute(text("select to_jsonb(a) from activity_entries a"))

    [row] = kept.scalars()
    assert (entry["actor"], row["actor_id"]) == ("Operator", str(operator.id))
    assert operator.email not in json.dumps(row)


@pytest.mark.parametrize("actor", [SYSTEM, Actor.anonymous()], ids=["system", "anonymous"])
async def test_who_is_not_staff_is_told_no_more_than_a_client(
    actor: Actor, people: People, factory: UnitOfWorkFactory
) -> None:
    """Closed by default: also to actors without a realm, such as keys of apps."""
    operator = await people.operator()
    project = await make_project(operator, await people.organization())
    await write(factory, project, "project.updated", "STAFF")
    assert len(await timeline(operator, project)) == 2

    async with factory.unit(actor, PlatformScope("tests")) as work:
        told = await latest_activity(work, activity_catalog(), 10)

    assert [one.kind for one in told] == ["project.created"]


#: The picture of each kind that has one of its own, as the timeline has always shown them.
PICTURES = {
    "project.created": ("PLUS", "NEUTRAL"),
    "project.updated": ("EDIT", "NEUTRAL"),
    "project.status_changed": ("FORWARD", "NEUTRAL"),
    "proposal.created": ("PROPOSAL", "NEUTRAL"),
    "proposal.updated": ("PROPOSAL", "NEUTRAL"),
    "proposal.sent": ("SEND", "NEUTRAL"),
    "proposal.approved": ("CHECK", "OK"),
    "proposal.changes_requested": ("CHANGES", "WARN"),
    "proposal.declined": ("CLOSE", "BAD"),
    "proposal.expired": ("CLOCK", "WARN"),
    "payment.received": ("MONEY", "OK"),
    "invoice.issued": ("MONEY", "NEUTRAL"),
    "workflow.requested": ("WORKFLOW", "NEUTRAL"),
    "workflow.redeployment_requested": ("WORKFLOW", "NEUTRAL"),
    "workflow.deployed": ("WORKFLOW", "NEUTRAL"),
    "workflow.deployment_failed": ("WORKFLOW", "BAD"),
    "execution.requested": ("WORKFLOW", "NEUTRAL"),
    "execution.finished": ("WORKFLOW", "NEUTRAL"),
    "ticket.filing_failed": ("EDIT", "BAD"),
}


async def test_an_entry_says_its_picture(people: People, factory: UnitOfWorkFactory) -> None:
    operator = await people.operator()
    project = await make_project(operator, await people.organization())
    for kind in PICTURES:
        await write(factory, project, kind, "STAFF")

    told = {one["action"]: (one["icon"], one["tone"]) for one in await timeline(operator, project)}

    assert told == PICTURES
