"""A row that a later release wrote, with a word that this one does not know, takes no page down and opens nothing."""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import literal_column, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.business import Business
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.permissions import Role
from capecontrol.features.billing.actions.settle_checkout import settle_checkout
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.ports import CheckoutState, CheckoutStatus
from capecontrol.main.features import metadata
from tests.clean_tables import CleanTables
from tests.features.billing.builders import build_invoice, build_payment_intent, build_spent_intent
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import (
    LINE_ITEMS,
    build_approved_proposal,
    build_sent_proposal,
    build_viewing_token,
)
from tests.features.workflows.builders import build_environment, build_template, build_workflow
from tests.people import Person
from tests.security.world import World

#: What a release after this one might write.
LATER = "LATER"
CHECKS = """
select conname, pg_get_constraintdef(k.oid) from pg_constraint k
where contype = 'c' and conrelid = cast(:table as regclass) and coninhcount = 0 and conkey @> array[
  (select attnum from pg_attribute where attrelid = conrelid and attname = :column)]
"""


def enumerations() -> Iterator[tuple[str, str]]:
    """Name every column that holds a word of an enumeration, by its table."""
    for table in metadata.sorted_tables:
        yield from ((table.name, column.name) for column in table.columns if isinstance(column.type, EnumText))


@dataclass
class Pages:
    """Who reads, and a page of each thing."""

    staff: Person
    owner: Person
    org_id: uuid.UUID
    project_id: str
    proposal_id: str
    invoice_id: str
    intent_id: str
    workflow_id: str

    @property
    def of_staff(self) -> list[str]:
        """Every list that staff read, and every page of one thing."""
        return [
            "/api/audit?limit=100",
            "/api/audit/export.csv",
            "/api/dashboard",
            "/api/orgs",
            f"/api/orgs/{self.org_id}",
            "/api/projects",
            f"/api/projects/{self.project_id}",
            f"/api/projects/{self.project_id}/activity",
            "/api/proposals",
            f"/api/proposals/{self.proposal_id}",
            "/api/billing/invoices",
            f"/api/billing/invoices/{self.invoice_id}",
            "/api/billing/payments",
            "/api/workflows",
            f"/api/workflows/{self.workflow_id}",
            f"/api/workflows/{self.workflow_id}/executions",
            "/api/workflows/environments",
        ]

    @property
    def of_clients(self) -> list[str]:
        """Every list that clients read, and every page of one thing."""
        staffs = ("/api/audit", "/api/orgs", "/api/billing/payments", "/api/workflows/environments")
        theirs = [path for path in self.of_staff if not path.startswith(staffs)]
        return [*theirs, f"/api/billing/payment-intents/{self.intent_id}"]


@pytest.fixture(scope="module")
async def pages(world: World) -> Pages:
    """One of each thing, in a world that the tests of this module share."""
    owner, proposal_id = await world.member(Role.OWNER), await build_sent_proposal(world)
    proposal = (await world.operator.client.get(f"/api/proposals/{proposal_id}")).json()
    return Pages(
        staff=world.operator,
        owner=owner,
        org_id=world.own,
        project_id=proposal["project_id"],
        proposal_id=proposal_id,
        invoice_id=await build_invoice(world),
        intent_id=await build_payment_intent(world),
        workflow_id=await build_workflow(world),
    )


@asynccontextmanager
async def written_later(clean_tables: CleanTables, pages: Pages, table: str, column: str) -> AsyncIterator[None]:
    """Put the later word into a column of each row, as the later release with its wider CHECK would; undo it after."""
    readers = [pages.staff.id, pages.owner.id]
    async with clean_tables.engine.begin() as connection:
        checks = (await connection.execute(text(CHECKS), {"table": table, "column": column})).all()
        for name, _ in checks:
            await run(connection, f"alter table {table} drop constraint {name}")
        rows = metadata.tables[table]
        (key,) = rows.primary_key.columns if len(rows.primary_key) == 1 else (rows.c.id,)
        kept = (await connection.execute(select(key, rows.c[column]))).all()
        # Those who read stay who they are.
        others = key.not_in(readers) if table == "users" else true()
        await connection.execute(update(rows).where(others).values({column: literal_column(f"'{LATER}'")}))
    try:
        yield
    finally:
        async with clean_tables.engine.begin() as connection:
            # What was written meanwhile, such as the audit of reading, is as it should be.
            for row in kept:
                await connection.execute(update(rows).where(key == row[0]).values({column: row[1]}))
            for name, definition in checks:
                await run(connection, f"alter table {table} add constraint {name} {definition}")


async def run(connection: AsyncConnection, statement: str) -> None:
    await connection.exec_driver_sql(statement)


async def read(person: Person, paths: list[str]) -> dict[str, Response]:
    return {path: await person.client.get(path) for path in paths}


@pytest.mark.parametrize(("table", "column"), list(enumerations()))
async def test_no_page_fails(table: str, column: str, pages: Pages, clean_tables: CleanTables) -> None:
    async with written_later(clean_tables, pages, table, column):
        staff, owner = await read(pages.staff, pages.of_staff), await read(pages.owner, pages.of_clients)

    assert {path: answer.status_code for path, answer in staff.items() if answer.status_code != 200} == {}
    assert {path: answer.status_code for path, answer in owner.items() if answer.status_code >= 500} == {}


HISTORIES = [
    ("audit_events", "outcome", "/api/audit", "outcome"),
    ("audit_events", "actor_type", "/api/audit", "actor_type"),
    ("executions", "status", "/api/workflows/{}/executions", "status"),
    ("executions", "trigger", "/api/workflows/{}/executions", "trigger"),
]


@pytest.mark.parametrize(("table", "column", "path", "member"), HISTORIES)
async def test_a_history_tells_the_word_as_it_is(
    table: str, column: str, path: str, member: str, pages: Pages, clean_tables: CleanTables
) -> None:
    async with written_later(clean_tables, pages, table, column):
        items = (await pages.staff.client.get(path.format(pages.workflow_id))).json()["items"]

    assert LATER in {item[member] for item in items}


async def test_the_api_says_that_a_history_may_hold_more_words(pages: Pages) -> None:
    schemas = (await pages.staff.client.get("/openapi.json")).json()["components"]["schemas"]

    for name, members in (("AuditEventOut", ("actor_type", "outcome")), ("ExecutionOut", ("status", "trigger"))):
        for member in members:
            known, more = schemas[name]["properties"][member]["anyOf"]
            assert "enum" in schemas[known["$ref"].rsplit("/", 1)[1]]
            assert (more["type"], "enum" in more) == ("string", False)


async def test_an_entry_whose_readers_only_a_later_release_knows_is_told_to_staff_alone(
    pages: Pages, clean_tables: CleanTables
) -> None:
    path = f"/api/projects/{pages.project_id}/activity"
    async with written_later(clean_tables, pages, "activity_entries", "visibility"):
        staff, owner = [(await one.client.get(path)).json()["items"] for one in (pages.staff, pages.owner)]

    assert {entry["is_visible_to_client"] for entry in staff} == {False}
    assert owner == []


async def test_nothing_leads_out_of_a_state_of_a_later_release(pages: Pages, clean_tables: CleanTables) -> None:
    """Neither a step nor an override: what hangs on that state is not known here."""
    project, workflow = f"/api/projects/{pages.project_id}", f"/api/workflows/{pages.workflow_id}"
    override: dict[str, Any] = {"status": "COMPLETED", "override": True, "reason": "We say so."}
    async with written_later(clean_tables, pages, "projects", "status"):
        shown = (await pages.staff.client.get(project)).json()
        moved = await pages.staff.client.post(f"{project}/status", override)
    async with written_later(clean_tables, pages, "workflow_instances", "status"):
        paused = await pages.staff.client.post(f"{workflow}/pause")
    async with written_later(clean_tables, pages, "proposals", "status"):
        sent = await pages.staff.client.post(f"/api/proposals/{pages.proposal_id}/send")

    assert (shown["status"], shown["next_statuses"]) == (LATER, [])
    assert [(answer.status_code, answer.json()["allowed"]) for answer in (moved, paused, sent)] == [(409, [])] * 3


#: What would begin something: beside which rows of a later release, by whom, and with what.
BEGINNINGS = [
    ("payment_intents", "/api/billing/proposals/{approved}/checkout", None),
    ("payments", "/api/billing/proposals/{approved}/checkout", None),
    ("proposals", "/api/billing/proposals/{approved}/checkout", None),
    ("proposals", "/api/proposals", "proposal"),
    ("projects", "/api/proposals", "proposal"),
    ("projects", "/api/workflows", "workflow"),
    ("projects", "/api/workflows/{workflow}/redeploy", "nothing"),
    ("workflow_instances", "/api/workflows/{workflow}/redeploy", "nothing"),
    ("workflow_instances", "/api/workflows/{workflow}/trigger", "nothing"),
]


@pytest.mark.parametrize(("table", "path", "body"), BEGINNINGS)
async def test_nothing_begins_beside_a_row_of_a_later_release(
    table: str, path: str, body: str | None, pages: Pages, world: World, clean_tables: CleanTables
) -> None:
    """Nobody here knows whether it stands in the way: a second page would take money a second time."""
    begun = ("payment_intents", "proposals", "workflow_instances", "executions")
    approved = await build_approved_proposal(world)
    # Over, as far as anybody knew who looked at the intent alone.
    await build_spent_intent(world, approved, IntentStatus.FAILED)
    project_id = await build_project(world, "APPROVED") if table == "projects" else pages.project_id
    bodies: dict[str | None, dict[str, Any] | None] = {
        None: None,
        "nothing": {},
        "proposal": {"project_id": project_id, "title": "Another", "line_items": LINE_ITEMS},
        "workflow": {
            "project_id": project_id, "template_id": await build_template(world),
            "environment_id": await build_environment(world), "parameters": {},
        },
    }  # fmt: skip
    person = pages.owner if "checkout" in path else pages.staff
    async with written_later(clean_tables, pages, table, "status"):
        before = [await world.count(name) for name in begun]
        answer = await person.client.post(path.format(approved=approved, workflow=pages.workflow_id), bodies[body])
        after = [await world.count(name) for name in begun]

    # What a client cannot see is not there for it.
    assert answer.status_code == (404 if (table, person) == ("proposals", pages.owner) else 409), answer.text
    assert after == before


async def test_money_for_a_payment_of_a_later_release_waits_for_a_person(
    pages: Pages, world: World, clean_tables: CleanTables
) -> None:
    """It is kept, and neither invoiced nor taken for what set that state."""
    intent_id, provider_id = await build_payment_intent(world), f"pi_{uuid.uuid4().hex}"
    metadata = {"payment_intent_id": intent_id}
    paid = CheckoutState("cs_later", CheckoutStatus.COMPLETE, "paid", 143_750, "ZAR", provider_id, metadata)
    invoices = await world.count("invoices")
    async with written_later(clean_tables, pages, "payment_intents", "status"):
        async with world.unit() as work:
            await settle_checkout(work, paid, Business())
        shown = (await pages.owner.client.get(f"/api/billing/payment-intents/{intent_id}")).json()
    payments = (await pages.staff.client.get("/api/billing/payments")).json()["items"]

    assert [one["status"] for one in payments if one["payment_intent_id"] == intent_id] == ["UNAPPLIED"]
    assert (shown["status"], await world.count("invoices")) == (LATER, invoices)


async def test_a_client_sees_no_proposal_in_a_state_of_a_later_release(
    pages: Pages, world: World, clean_tables: CleanTables
) -> None:
    """It may be one before it is sent, or one that was taken back."""
    link = f"/api/proposals/view/{await build_viewing_token(world)}"
    paths = [f"/api/proposals/{pages.proposal_id}", link, f"{link}/pdf"]
    before = [(await pages.owner.client.get(path)).status_code for path in paths]
    async with written_later(clean_tables, pages, "proposals", "status"):
        listed = (await pages.owner.client.get("/api/proposals")).json()["items"]
        shown = [(await pages.owner.client.get(path)).status_code for path in paths]

    assert (before, listed, shown) == ([200] * 3, [], [404] * 3)
