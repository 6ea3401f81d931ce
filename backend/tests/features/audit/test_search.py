"""The audit log over HTTP: blocked attempts are in it, filters narrow it, people are told by their names."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

import capecontrol
from capecontrol.core.actor import Actor, ActorType
from capecontrol.core.audit import Outcome
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import activity_catalog
from tests.client import Client
from tests.features.audit.log import actions, record, search, sql
from tests.features.audit.test_export import export
from tests.moving_clock import MovingClock
from tests.people import PASSWORD, People, Person


@pytest.fixture
async def auditor(people: People) -> Person:
    return await people.person(Role.AUDITOR)


async def test_a_blocked_attempt_is_on_record(people: People, auditor: Person) -> None:
    owner = await people.owner()

    refused = await owner.client.get("/api/audit", headers={"X-Request-ID": "0199f3a0-0000-7000-8000-00000000000a"})

    assert refused.status_code == 403
    [event] = await search(auditor, action="access.denied")
    assert event["outcome"] == "DENIED"
    assert event["resource"] == "operation/list_audit_events"
    assert (event["actor_id"], event["actor_type"]) == (str(owner.id), "USER")
    assert event["org_id"] == str(owner.org_id)
    assert event["request_id"] == "0199f3a0-0000-7000-8000-00000000000a"
    assert event["ip_address"] == "203.0.113.7"


async def test_a_blocked_attempt_to_change_something_is_on_record(people: People, auditor: Person) -> None:
    answer = await auditor.client.post("/api/projects", {"org_id": str(uuid.uuid4()), "title": "Mine"})

    assert answer.status_code == 403
    [event] = await search(auditor, outcome="DENIED")
    assert (event["resource_id"], event["actor_id"], event["org_id"]) == ("create_project", str(auditor.id), None)


async def test_each_filter_narrows(
    people: People, auditor: Person, factory: UnitOfWorkFactory, clock: MovingClock
) -> None:
    org_id, other = await people.organization("Harbour"), await people.organization("Other")
    person = await people.person(Role.OWNER, org_id)
    await record(factory, "thing.made", resource=("thing", "a"), org_id=org_id)
    noon = clock.now() + timedelta(hours=1)
    clock.advance(timedelta(hours=1))
    await record(factory, "thing.broken", resource=("thing", "0199-b"), org_id=other, outcome=Outcome.FAILURE)
    clock.advance(timedelta(hours=1))
    actor = Actor.person(person.id, person.email, Role.OWNER, name="Owner", org_id=org_id)
    await record(factory, "thingy.seen", resource=("thingy", "a"), org_id=org_id, actor=actor)
    last = clock.now() + timedelta(seconds=1)
    auditor = await people.person(Role.AUDITOR)

    async def found(**query: str) -> list[str]:
        return [action for action in await actions(auditor, **query) if action.startswith("thing")]

    assert await found() == ["thingy.seen", "thing.broken", "thing.made"]
    assert await found(action="thing.") == ["thing.broken", "thing.made"]
    assert await found(org_id=str(org_id)) == ["thingy.seen", "thing.made"]
    assert await found(outcome="FAILURE") == ["thing.broken"]
    assert await found(actor=str(person.id)) == ["thingy.seen"]
    assert await found(actor="write the log") == ["thing.broken", "thing.made"]
    assert await found(resource_type="thing") == ["thing.broken", "thing.made"]
    assert await found(resource_id="a") == ["thingy.seen", "thing.made"]
    [broken] = [event for event in await search(auditor) if event["action"] == "thing.broken"]
    assert await found(id=broken["id"]) == ["thing.broken"]
    assert await found(id=str(uuid.uuid4())) == []
    assert await found(**{"from": noon.isoformat()}) == ["thingy.seen", "thing.broken"]
    assert await found(to=noon.isoformat()) == ["thing.made"]
    assert await found(**{"from": last.isoformat()}) == []
    assert await found(q="broken") == ["thing.broken"]
    assert await found(q="0199-b") == ["thing.broken"]
    assert await found(q=f" {str(person.id).upper()} ") == ["thingy.seen"]
    assert await found(q=broken["id"]) == ["thing.broken"]
    assert await found(q=str(other)) == ["thing.broken"]
    assert await found(action="thing.", org_id=str(org_id)) == ["thing.made"]


async def test_the_time_of_a_filter_begins_and_ends_at_the_moment(auditor: Person, factory: UnitOfWorkFactory) -> None:
    await record(factory, "thing.made")
    [event] = await search(auditor, action="thing.")

    assert await actions(auditor, action="thing.", **{"from": event["timestamp"]}) == ["thing.made"]
    assert await actions(auditor, action="thing.", to=event["timestamp"]) == []


async def test_a_percent_sign_in_a_filter_is_one(auditor: Person, factory: UnitOfWorkFactory) -> None:
    await record(factory, "thing.made")

    assert await actions(auditor, action="%") == []
    assert await actions(auditor, q="thing_made") == []


@pytest.mark.parametrize("spelling", ["SUCCESS", "Success", "success"])
async def test_the_control_planes_spelling_of_an_outcome_is_read(
    spelling: str, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    await record(factory, "thing.made")

    assert await actions(auditor, action="thing.", outcome=spelling) == ["thing.made"]


async def test_an_outcome_that_is_none_is_refused(auditor: Person) -> None:
    assert (await auditor.client.get("/api/audit", params={"outcome": "LUCK"})).status_code == 422


def test_the_control_planes_spelling_of_an_actors_type_is_read() -> None:
    assert [ActorType(text) for text in ("Operator", "USER", "system")] == ["OPERATOR", "USER", "SYSTEM"]


async def test_staff_act_as_operators_members_as_users(people: People, auditor: Person) -> None:
    operator, owner = await people.operator(), await people.owner()
    answer = await operator.client.post("/api/projects", {"org_id": str(owner.org_id), "title": "Lead capture"})
    await owner.client.post("/api/projects", {"org_id": str(owner.org_id), "title": "Mine"})

    assert answer.status_code == 201
    [made] = await search(auditor, action="project.created")
    [denied] = await search(auditor, action="access.denied")
    assert (made["actor_type"], denied["actor_type"]) == ("OPERATOR", "USER")
    assert {event["actor_type"] for event in await search(auditor, action="organization.created")} == {"SYSTEM"}


async def test_people_are_kept_by_id_and_told_by_name(
    people: People, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    operator, org_id = await people.operator(), await people.organization()
    await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    await sql(factory, "update users set full_name = 'Naledi Khumalo' where id = :id", id=operator.id)

    [event] = await search(auditor, action="project.created")
    kept = await sql(factory, "select a::text as row from audit_events a where action = 'project.created'")

    assert (event["actor"], event["actor_id"]) == ("Naledi Khumalo", str(operator.id))
    assert event["actor_email"] == operator.email, "two may have one name"
    assert operator.email not in kept[0]["row"]
    for text in ("naledi", operator.email.upper(), str(operator.id)):
        assert await actions(auditor, actor=text, action="project.") == ["project.created"]
    assert await actions(auditor, q="Khumalo", action="project.") == ["project.created"]
    assert await actions(auditor, actor="somebody else") == []


async def test_a_search_finds_what_a_person_did_and_what_was_done_with_their_account(
    people: People, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    owner, other = await people.owner(), await people.operator()
    await sql(factory, "update users set full_name = 'Aisha Patel' where id = :id", id=owner.id)
    for person in (owner, other):
        wrong = {"email": person.email, "password": "Wrong-pass-1"}
        assert (await people.stranger().post("/api/auth/login", wrong)).status_code == 401
    signing = {"action": "session."}

    for text in ("aisha", owner.email, owner.email.upper(), str(owner.id)):
        [event] = await search(auditor, q=text, **signing)
        assert (event["action"], event["subject_email"]) == ("session.refused", owner.email)
        assert [row["action"] for row in await export(auditor, q=text, **signing)] == ["session.refused"]
    signed_in = await people.stranger().post("/api/auth/login", {"email": owner.email, "password": PASSWORD})
    assert signed_in.status_code == 200
    for text in ("Aisha", str(owner.id)):
        assert await actions(auditor, q=text, **signing) == ["session.started", "session.refused"]


async def test_a_person_is_looked_for_among_accounts_only(
    people: People, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    owner = await people.owner()
    await record(factory, "thing.made", resource=("thing", str(owner.id)))
    await record(factory, "thing.seen", resource=("user", str(owner.id)))
    assert await actions(auditor, q=owner.email, action="thing.") == ["thing.seen"]


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("198.51.100.9", ["198.51.100.9", " 198.51.100.9 ", "::ffff:198.51.100.9"]),
        ("::ffff:198.51.100.9", ["198.51.100.9", "::ffff:198.51.100.9"]),
        ("2001:db8::9", ["2001:db8::9", "2001:DB8:0:0::9"]),
    ],
)
async def test_a_search_finds_an_address_however_it_is_written(
    address: str, typed: list[str], people: People, auditor: Person
) -> None:
    for one in (address, "198.51.100.99"):
        stranger = Client(people.app, address=one)
        answer = await stranger.post("/api/auth/login", {"email": "nobody@people.test", "password": "Wrong-pass-1"})
        assert answer.status_code == 401

    for text in typed:
        [event] = await search(auditor, q=text, action="session.")
        assert event["ip_address"] == address
        assert len(await export(auditor, q=text, action="session.")) == 1
    assert await search(auditor, q="198.51.100", action="session.") == [], "a part is no address"


async def test_who_is_gone_is_told_by_id(people: People, auditor: Person, factory: UnitOfWorkFactory) -> None:
    gone = uuid.uuid4()
    await record(
        factory, "thing.made", actor=Actor.person(gone, "gone@people.test", Role.OPERATOR, name="Gone", org_id=None)
    )

    [event] = await search(auditor, action="thing.")

    assert (event["actor"], event["actor_id"], event["actor_email"]) == (str(gone), str(gone), None)


async def test_the_reason_of_the_system_is_told(auditor: Person, factory: UnitOfWorkFactory) -> None:
    await record(factory, "thing.made")
    await record(factory, "thing.seen", actor=Actor.anonymous())

    assert [event["actor"] for event in await search(auditor, action="thing.")] == [
        "Anonymous",
        "tests: write the log",
    ]


async def test_every_action_belongs_to_an_area(auditor: Person) -> None:
    answer = await auditor.client.get("/api/audit/areas")

    begins = tuple(area["action"] for area in answer.json()["items"])
    sources = "\n".join(path.read_text() for path in Path(capecontrol.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*"([a-z_]+\.[a-z_]+)"', sources)) | set(activity_catalog().keys)
    assert {"session.started", "access.denied", "proposal.sent"} <= recorded
    assert [action for action in sorted(recorded) if not action.startswith(begins)] == []
    assert {"action": "execution.", "label": "Runs"} in answer.json()["items"]


async def test_an_event_is_told_in_words_with_todays_names(people: People, auditor: Person) -> None:
    operator, org_id = await people.operator(), await people.organization("Harbour")
    code = (await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Quay"})).json()["code"]

    [event] = await search(auditor, action="project.")

    assert event["title"] == f"Created project {code}"
    assert (event["actor"], event["actor_email"], event["organization"]) == ("Operator", operator.email, "Harbour")


async def test_an_act_of_another_release_and_of_no_organization_is_told_all_the_same(
    auditor: Person, factory: UnitOfWorkFactory
) -> None:
    await record(factory, "thing.made")
    [event] = await search(auditor, action="thing.")
    assert (event["title"], event["organization"], event["actor_email"]) == ("thing.made", None, None)


async def test_renewals_are_recorded_and_left_out_when_asked(people: People, auditor: Person) -> None:
    owner = await people.owner()
    signed_in = await people.stranger().post("/api/auth/login", {"email": owner.email, "password": PASSWORD})
    renewal = {"refresh_token": signed_in.json()["refresh_token"]}
    assert (await people.stranger().post("/api/auth/refresh", renewal)).status_code == 200

    assert await actions(auditor, action="session.") == ["session.renewed", "session.started"]
    assert await actions(auditor, action="session.", exclude_action="session.renewed") == ["session.started"]
    assert [row["action"] for row in await export(auditor, action="session.", exclude_action="session.renewed")] == [
        "session.started"
    ]


async def test_an_auditor_finds_organizations_to_filter_by_and_lists_none(people: People, auditor: Person) -> None:
    harbour, _ = await people.organization("Harbour Freight"), await people.organization("Meridian")

    async def found(**query: str) -> list[str]:
        answer = await auditor.client.get("/api/audit/organizations", params=query)
        return [one["name"] for one in answer.json()["items"]]

    assert await found() == ["Harbour Freight", "Meridian"]
    assert await found(q="frei") == ["Harbour Freight"]
    assert await found(q=str(harbour)) == ["Harbour Freight"]
    assert (await auditor.client.get("/api/orgs")).status_code == 403
