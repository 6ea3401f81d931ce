"""Which project, proposal or invoice an entry is about: named when the log is read, for whoever may read it."""

import uuid
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from capecontrol.main.features import audit_areas
from tests.features.audit.log import actions, record, search
from tests.features.billing.builders import build_invoice
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_draft
from tests.people import People, Person
from tests.security.world import World

UNKNOWN = "0199f3a0-0000-7000-8000-00000000000a"


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


@pytest.fixture
async def auditor(people: People) -> Person:
    """Who sees nothing of the platform but its log."""
    return await people.person(Role.AUDITOR)


async def _about(
    world: World, reader: Person, *, resource: tuple[str, str] = ("thing", "1"), **metadata: object
) -> dict[str, Any] | None:
    """Record an act, and return the record that the log says it is about."""
    identifier = await record(world.people.factory, "thing.made", resource=resource, metadata=metadata)
    [event] = await search(reader, id=identifier)
    found: dict[str, Any] | None = event["record"]
    return found


async def _read(world: World, path: str) -> dict[str, Any]:
    answer = await world.operator.client.get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_project_is_told_by_its_code_and_todays_title(world: World, auditor: Person) -> None:
    project = await _read(world, f"/api/projects/{await build_project(world)}")
    await world.operator.client.patch(f"/api/projects/{project['id']}", {"title": "Lighthouse"})

    [event] = await search(auditor, action="project.created")

    assert event["record"] == {"kind": "project", "id": project["id"], "code": project["code"], "title": "Lighthouse"}
    assert (await auditor.client.get(f"/api/projects/{project['id']}")).status_code == 403


async def test_a_proposal_is_told_by_its_projects_code_its_version_and_title(world: World, auditor: Person) -> None:
    proposal = await _read(world, f"/api/proposals/{await build_draft(world)}")
    project = await _read(world, f"/api/projects/{proposal['project_id']}")

    [event] = await search(auditor, action="proposal.created")

    code, title = f"{project['code']} v1", proposal["title"]
    assert event["record"] == {"kind": "proposal", "id": proposal["id"], "code": code, "title": title}
    assert event["title"] == f"Drafted proposal {project['code']} v1: {proposal['title']}"


async def test_a_search_finds_all_that_concerns_a_record(world: World, auditor: Person) -> None:
    """What was done with it, and what names it beside something else."""
    factory, invoice, project = world.people.factory, str(uuid.uuid4()), str(uuid.uuid4())
    await record(factory, "thing.issued", resource=("invoice", invoice), metadata={"project_id": project})
    await record(factory, "thing.paid", resource=("payment", "1"), metadata={"invoice_id": invoice})
    await record(factory, "thing.offered", resource=("thing", "1"), metadata={"proposal_id": project})

    assert await actions(auditor, q=invoice) == ["thing.paid", "thing.issued"]
    assert await actions(auditor, q=project) == ["thing.offered", "thing.issued"]
    assert await actions(auditor, q=str(uuid.uuid4())) == []


async def test_a_title_names_what_is_paid(world: World, auditor: Person) -> None:
    proposal = await _read(world, f"/api/proposals/{await build_draft(world)}")
    project = await _read(world, f"/api/projects/{proposal['project_id']}")

    identifiers = [
        await record(world.people.factory, "payment.intended", resource=("payment_intent", "1"), metadata=metadata)
        for metadata in ({"proposal_id": proposal["id"]}, {"proposal_id": UNKNOWN})
    ]

    titles = [(await search(auditor, id=identifier))[0]["title"] for identifier in identifiers]
    assert titles == [f"Started a payment for proposal {project['code']} v1", "Started a payment"]


@pytest.mark.parametrize(
    ("action", "title"), [("thing.made", "thing.made ({code})"), ("project.created", "Created project {code}")]
)
async def test_a_title_names_the_record_once(action: str, title: str, world: World, auditor: Person) -> None:
    project = await _read(world, f"/api/projects/{await build_project(world)}")
    metadata = {"project_id": project["id"], "code": project["code"], "title": project["title"]}
    identifier = await record(world.people.factory, action, resource=("thing", "1"), metadata=metadata)
    [event] = await search(auditor, id=identifier)
    assert event["title"] == title.format(code=project["code"])


def test_a_title_of_a_proposal_that_is_gone_names_its_version() -> None:
    told = audit_areas().title("proposal.sent", {"version": 2, "title": "Lead capture"})
    assert told == "Sent proposal v2: Lead capture"


async def test_an_invoice_is_told_by_its_number(world: World, auditor: Person) -> None:
    invoice = await _read(world, f"/api/billing/invoices/{await build_invoice(world)}")
    found = await _about(world, auditor, resource=("invoice", invoice["id"]))
    assert found == {"kind": "invoice", "id": invoice["id"], "code": invoice["number"], "title": invoice["title"]}


async def test_what_has_no_page_of_its_own_is_about_the_closest_record_that_it_names(
    world: World, auditor: Person
) -> None:
    """The invoice before the proposal before the project; what is no id is passed over."""
    invoice = await _read(world, f"/api/billing/invoices/{await build_invoice(world)}")
    named = {
        "project_id": invoice["project"]["id"],
        "proposal_id": invoice["proposal_id"],
        "invoice_id": invoice["id"],
    }

    found = []
    while named:
        about = await _about(world, auditor, resource=("payment", UNKNOWN), **named)
        assert about is not None
        assert about["id"] == named.popitem()[1]
        found.append(about["kind"])

    assert found == ["invoice", "proposal", "project"]
    project = invoice["project"]["id"]
    about = await _about(world, auditor, resource=("project", "create"), invoice_id=["1"], project_id=project)
    assert about is not None
    assert (about["kind"], about["id"]) == ("project", project)


async def test_the_resource_comes_before_what_is_named_beside_it(world: World, auditor: Person) -> None:
    project, other = await build_project(world), await build_project(world)
    about = await _about(world, auditor, resource=("project", project), project_id=other)
    assert about is not None
    assert about["id"] == project


@pytest.mark.parametrize(
    ("resource", "metadata"),
    [
        (("project", UNKNOWN), {}),
        (("proposal", UNKNOWN), {}),
        (("invoice", UNKNOWN), {}),
        (("payment", "1"), {"invoice_id": UNKNOWN}),
        (("operation", "create_project"), {"project_id": None, "proposal_id": {"a": 1}, "invoice_id": "x"}),
    ],
)
async def test_what_is_gone_and_what_is_about_none_has_no_record(
    resource: tuple[str, str], metadata: dict[str, object], world: World, auditor: Person
) -> None:
    assert await _about(world, auditor, resource=resource, **metadata) is None


async def test_the_record_is_that_of_the_entry_also_when_it_is_gone_and_another_is_named(
    world: World, auditor: Person
) -> None:
    """Its project is another record: a name of it would tell the reader of what was not acted on."""
    project = await build_project(world)
    assert await _about(world, auditor, resource=("proposal", UNKNOWN), project_id=project) is None


async def test_a_blocked_attempt_is_about_the_record_that_was_asked_for(world: World, auditor: Person) -> None:
    project = await _read(world, f"/api/projects/{await build_project(world)}")
    assert (await auditor.client.get(f"/api/projects/{project['id']}")).status_code == 403
    assert (await auditor.client.get("/api/projects")).status_code == 403

    listing, asking = await search(auditor, action="access.denied")

    assert asking["record"] == {
        "kind": "project",
        "id": project["id"],
        "code": project["code"],
        "title": project["title"],
    }
    assert listing["record"] is None


async def test_a_page_of_many_records_names_each(world: World, auditor: Person) -> None:
    projects = {await build_project(world) for _ in range(3)}
    await record(world.people.factory, "project.seen", resource=("project", str(uuid.uuid4())))
    events = await search(auditor, resource_type="project")
    assert {event["record"]["id"] for event in events if event["record"]} == projects
