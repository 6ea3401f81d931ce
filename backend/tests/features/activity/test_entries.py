"""Entries: written with the act, told to whom they are for, also by a release that does not know them."""

import json
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.activity import ActivityKind, member
from capecontrol.core.actor import Actor
from capecontrol.core.changes.topic import Topic
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Role
from capecontrol.core.wording import phrase
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory
from capecontrol.features.activity.interface import LatestActivity, record_act
from capecontrol.features.projects.interface import project_subject, project_title
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


async def test_an_entry_that_cannot_be_written_undoes_its_act(people: People, owner_url: str) -> None:
    operator, org_id = await people.operator(), await people.organization()
    await own_sql(owner_url, "alter table activity_entries add constraint refused check (kind <> 'project.created')")
    try:
        answer = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    finally:
        await own_sql(owner_url, "alter table activity_entries drop constraint refused")

    assert answer.status_code == 500
    assert (await operator.client.get("/api/projects")).json()["total"] == 0


async def own_sql(owner_url: str, statement: str) -> None:
    async with create_async_engine(owner_url, poolclass=NullPool).begin() as connection:
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

    assert titles["proposal.sent"] == "Proposal v… sent"


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
        told = await LatestActivity(project_title, 10).read(work, activity_catalog(), zone=ZoneInfo("UTC"))

    assert [one.kind for one in told] == ["project.created"]


#: The picture of each kind that has one of its own, as the timeline has always shown them.
PICTURES = {
    "project.created": ("PLUS", "NEUTRAL"),
    "project.updated": ("EDIT", "NEUTRAL"),
    "project.status_changed": ("FORWARD", "NEUTRAL"),
    "proposal.created": ("DOCUMENT", "NEUTRAL"),
    "proposal.updated": ("DOCUMENT", "NEUTRAL"),
    "proposal.sent": ("SEND", "NEUTRAL"),
    "proposal.approved": ("CHECK", "OK"),
    "proposal.changes_requested": ("CHANGES", "WARN"),
    "proposal.declined": ("CLOSE", "BAD"),
    "proposal.expired": ("CLOCK", "WARN"),
    "payment.received": ("BANKNOTES", "OK"),
    "invoice.issued": ("BANKNOTES", "NEUTRAL"),
    "workflow.requested": ("BOLT", "NEUTRAL"),
    "workflow.redeployment_requested": ("BOLT", "NEUTRAL"),
    "workflow.deployed": ("BOLT", "NEUTRAL"),
    "workflow.deployment_failed": ("BOLT", "BAD"),
    "execution.requested": ("BOLT", "NEUTRAL"),
    "execution.finished": ("BOLT", "NEUTRAL"),
    "ticket.filing_failed": ("EDIT", "BAD"),
}


async def test_an_entry_says_its_picture(people: People, factory: UnitOfWorkFactory) -> None:
    operator = await people.operator()
    project = await make_project(operator, await people.organization())
    for kind in PICTURES:
        await write(factory, project, kind, "STAFF")

    told = {one["action"]: (one["icon"], one["tone"]) for one in await timeline(operator, project)}

    assert told == PICTURES


#: A value of each member that kinds are written with, and what is read of it.
SAMPLES = {
    "title": ("Harvest calendar", "Harvest calendar"),
    "to": ("ON_HOLD", "on hold"),
    "reason": ("Paid by EFT", "Paid by EFT"),
    "amount": (123_456, "1,234.56"),
    "currency": ("USD", "US$"),
    "number": ("INV-2026-0042", "INV-2026-0042"),
    "version": (7, "v7"),
    "message": ("Two phases, please", "Two phases, please"),
    "template": ("Reminders", "Reminders"),
    "status": ("SUCCESS", "succeeded"),
    "by": ("Aisha Jacobs", "Aisha Jacobs"),
    "recipient": ("pieter@fynbos.example", "pieter@fynbos.example"),
}


async def test_every_kind_is_told_with_the_members_that_it_words(people: People, factory: UnitOfWorkFactory) -> None:
    operator, catalog = await people.operator(), activity_catalog()
    project = await make_project(operator, await people.organization())
    for kind in (catalog.kind(key) for key in catalog.keys):
        async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await write_entry(work, kind, project, {name: SAMPLES[name][0] for name in kind.members})

    # Newest first; the project's own making is the oldest, and another entry of the same kind.
    entries = (await timeline(operator, project))[:-1]
    told = {one["action"]: f"{one['title']} {one['detail']}" for one in entries}
    unsaid = [
        f"{key}: {name}"
        for key in catalog.keys
        for name in catalog.kind(key).title.members | catalog.kind(key).detail.members
        if SAMPLES[name][1] not in told[key]
    ]

    assert told.keys() == set(catalog.keys)
    assert not unsaid


@pytest.mark.parametrize("data", [{}, {"number": "INV-2026-0042", "iban": "ZA00"}], ids=["missing", "undeclared"])
async def test_an_entry_is_written_with_exactly_the_members_of_its_kind(
    data: dict[str, object], people: People, factory: UnitOfWorkFactory
) -> None:
    operator = await people.operator()
    project = await make_project(operator, await people.organization())

    with pytest.raises(ValueError, match=r"invoice\.issued declares the members"):
        async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await write_entry(work, activity_catalog().kind("invoice.issued"), project, data)

    assert [one["action"] for one in await timeline(operator, project)] == ["project.created"]


@pytest.mark.parametrize(
    "words",
    [
        {"title": phrase("Ticket {number} was closed")},
        {"title": phrase("A ticket was closed"), "detail": member("number")},
        {"title": phrase("A ticket was closed"), "client_title": phrase("Your ticket {number} was closed")},
    ],
    ids=["title", "detail", "client_title"],
)
def test_a_kind_that_words_an_undeclared_member_cannot_be_declared(words: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"ticket\.closed words what it does not declare: number"):
        ActivityKind("ticket.closed", **words)


async def test_a_client_is_not_spoken_of_as_the_client(people: People, factory: UnitOfWorkFactory) -> None:
    operator, owner = await people.operator(), await people.owner()
    assert owner.org_id is not None
    project = await make_project(operator, owner.org_id)
    for kind in activity_catalog().keys:
        await write(factory, project, kind, "CLIENT")

    to_staff = {one["action"]: one["title"] for one in await timeline(operator, project)}
    to_client = {one["action"]: one["title"] for one in await timeline(owner, project)}

    assert to_staff["proposal.sent"] == "Proposal v… sent"
    assert to_client["proposal.sent"] == "Proposal v… received"
    assert not [title for title in to_client.values() if "client" in title.lower()]


async def write_entry(work: UnitOfWork, kind: ActivityKind, project: dict[str, Any], data: dict[str, object]) -> None:
    subject = project_subject(uuid.UUID(project["id"]))
    org_id = uuid.UUID(project["org_id"])
    await record_act(
        work,
        kind,
        org_id=org_id,
        subject=subject,
        # Of each kind another thing: of one thing the end of an act would be told in place of its beginning.
        resource=(subject[0], new_id()),
        told=data,
        audited={},
        changed=Topic.PROJECTS,
    )
