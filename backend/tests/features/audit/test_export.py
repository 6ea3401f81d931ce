"""The audit log as CSV: the list's rows and filters, and no cell that a spreadsheet would run."""

import csv
import io
import uuid

import pytest

from capecontrol.core.actor import Actor
from capecontrol.core.audit import Outcome
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.audit.log import actions, record, search, sql
from tests.people import People, Person

COLUMNS = (
    "id,timestamp,actor_id,actor_type,action,resource,outcome,org_id,ip_address,metadata,actor,organization,request_id"
)
#: What looks like an id and is none.
ODD_ACTOR = """
insert into audit_events (id, occurred_at, actor_type, actor_id, actor_label, action, resource_type, outcome, metadata,
  created_at)
values (gen_random_uuid(), now(), 'APP', '0000000--0000-0000-0000-000000000000', '', 'thing.odd', 'thing', 'SUCCESS',
  '{}', now())
"""


@pytest.fixture
async def auditor(people: People) -> Person:
    return await people.person(Role.AUDITOR)


async def export(reader: Person, **query: str) -> list[dict[str, str]]:
    answer = await reader.client.get("/api/audit/export.csv", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[0] == COLUMNS
    return list(csv.DictReader(io.StringIO(answer.text)))


async def test_a_row_holds_what_was_recorded(people: People, auditor: Person) -> None:
    operator, org_id = await people.operator(), await people.organization()
    made = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})

    [row] = await export(auditor, action="project.")

    project = made.json()
    assert (row["action"], row["outcome"], row["resource"]) == (
        "project.created",
        "SUCCESS",
        f"project/{project['id']}",
    )
    assert (row["actor_id"], row["actor_type"]) == (str(operator.id), "OPERATOR")
    assert (row["org_id"], row["ip_address"]) == (str(org_id), "203.0.113.7")
    assert (row["actor"], row["organization"]) == ("Operator", "Harbour Logistics")
    assert row["request_id"] == made.headers["x-request-id"]
    assert row["timestamp"].endswith("Z")
    assert row["metadata"] == f'{{"code": "{project["code"]}", "title": "Lead capture"}}'


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
async def test_a_cell_that_a_spreadsheet_would_run_is_text(
    begin: str, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    """OWASP, CSV injection."""
    formula = f'{begin}HYPERLINK("http://evil.test")'
    await record(factory, formula, resource=(formula, "1"))

    [row] = await export(auditor, q="evil.test")

    assert row["action"] == f"'{formula}"
    assert row["resource"] == f"'{formula}/1"


async def test_the_filters_are_those_of_the_list(people: People, auditor: Person, factory: UnitOfWorkFactory) -> None:
    org_id = await people.organization()
    person = await people.person(Role.OWNER, org_id)
    actor = Actor.person(person.id, person.email, Role.OWNER, name="Owner", org_id=org_id)
    await record(factory, "thing.made", org_id=org_id, actor=actor)
    await record(factory, "thing.broken", outcome=Outcome.FAILURE)

    for query in (
        {"action": "thing."},
        {"action": "thing.", "org_id": str(org_id)},
        {"outcome": "FAILURE"},
        {"actor": person.email, "action": "thing."},
        {"q": "broken"},
        {"resource_id": str(uuid.uuid4())},
    ):
        assert [row["action"] for row in await export(auditor, **query)] == await actions(auditor, **query)


async def test_it_says_who_acted_as_the_list_does(people: People, auditor: Person, factory: UnitOfWorkFactory) -> None:
    """People by their names, the system by its reason, who is gone or unknown by what was noted."""
    person = await people.operator()
    actor = Actor.person(person.id, person.email, Role.OPERATOR, name="Operator", org_id=None)
    await record(factory, "thing.made", actor=actor)
    await record(factory, "thing.swept")
    await record(factory, "thing.seen", actor=Actor.anonymous())
    await record(factory, "thing.gone", actor=Actor.person(uuid.uuid4(), "", Role.OWNER, name="", org_id=None))
    await sql(factory, ODD_ACTOR)

    exported = await export(auditor, action="thing.")

    listed = await search(auditor, action="thing.")
    assert [(row["id"], row["actor"], row["actor_type"]) for row in exported] == [
        (event["id"], event["actor"], event["actor_type"]) for event in listed
    ]
    assert len(exported) == 5


async def test_the_order_is_that_of_the_list(auditor: Person, factory: UnitOfWorkFactory) -> None:
    for number in range(3):
        await record(factory, f"thing.made_{number}")

    for sort in ("occurred_at", "-occurred_at"):
        exported = [row["id"] for row in await export(auditor, action="thing.", sort=sort)]
        assert exported == [event["id"] for event in await search(auditor, action="thing.", sort=sort)]


async def test_another_order_is_refused(auditor: Person) -> None:
    answer = await auditor.client.get("/api/audit/export.csv", params={"sort": "ip_address"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/sort"
