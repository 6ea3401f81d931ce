"""Round trips between the application and PostgreSQL: what each safe operation may take, and what a write takes.

They are counted by a relay on the wire, so nothing that a library does behind the product's back goes unseen. There is
one connection, and each operation is called before it is counted: its statements are prepared.
"""

import asyncio
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from bench.load.round_trips import RoundTrips
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import LINE_ITEMS, build_draft, build_sent_proposal
from tests.people import PASSWORD
from tests.security.call import Call
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.second_app import second_app
from tests.security.served import Operation, operations
from tests.security.served_lists import LISTS, ServedList, fill_lists
from tests.security.world import CANARY, World

#: More than a page holds.
MANY = 25
#: What "who am I" and every list may take: begin, who calls, what is asked for (three), commit.
LIST_MAX = 6

#: What each safe operation may take for an operator and for an owner; None where it does not let them in. Less is
#: welcome; who needs more changes the figure, and says in the review why.
BUDGETS: Mapping[str, tuple[int | None, int | None]] = {
    # Nothing is asked of PostgreSQL.
    "get_health": (0, 0),
    "get_version": (0, 0),
    "get_document": (0, 0),
    "show_reference": (0, 0),
    "get_reference_style": (0, 0),
    "show_front_door": (0, 0),
    "show_about": (0, 0),
    "show_security_contact": (0, 0),
    "show_guides": (0, 0),
    "get_guide_index": (0, 0),
    "get_guide_style": (0, 0),
    "get_guide_sample": (0, 0),
    "show_guide": (0, 0),
    "get_csrf_token": (0, 0),
    "discover_sign_in": (0, 0),
    "get_branding": (0, 0),
    "get_theme": (0, 0),
    "list_local_mails": (0, 0),
    "show_mailbox": (0, 0),
    "show_mail": (0, 0),
    "show_mail_html": (0, 0),
    "get_mail_attachment": (0, 0),
    "get_local_style": (0, 0),
    # One unit: begin, who calls, what is asked for, commit.
    "get_me": (3, 3),
    "get_onboarding": (None, 4),
    "get_organization": (4, 4),
    # The record and its rates: an editor must see what it edits, not what the process knows.
    "get_business": (5, None),
    "list_tax_rates": (5, None),
    "get_project": (5, 4),
    "get_proposal": (5, 5),
    "get_payment_intent": (5, 5),
    "get_invoice": (4, 4),
    "get_workflow_environment": (4, None),
    "get_workflow_template": (4, None),
    "get_workflow": (5, 5),
    "get_bulk_operation": (4, None),
    "list_audit_areas": (3, None),
    # Who calls; then, in a unit that ends before the first byte, what the page missed.
    "stream_changes": (6, 6),
    # Lists, a full page and more behind it: the page with how many there are, what its rows belong to.
    "list_organizations": (4, None),
    "list_projects": (5, 4),
    # What is folded is counted by itself.
    "list_project_activity": (6, 6),
    "list_proposals": (5, 5),
    "list_proposal_versions": (5, 5),
    "list_payments": (4, 4),
    "list_invoices": (4, 4),
    "list_workflow_environments": (4, None),
    "list_workflow_templates": (4, None),
    "list_workflows": (5, 5),
    "list_workflow_executions": (5, 5),
    "list_audit_events": (4, None),
    "list_audited_organizations": (4, None),
    "list_dead_letters": (5, None),
    "list_bulk_operations": (4, None),
    # Begin, one statement, commit: nobody's session is looked up.
    "get_readiness": (3, 3),
    "download_shared_proposal": (3, 3),
    # A replaced picture; the ones that are shown now are known to the process.
    "get_logo": (3, 3),
    "get_picture": (3, 3),
    # Whose link it is, in the sign-in scope, and what it shows, in the organization's.
    "view_shared_proposal": (6, 6),
    # Files are made and fetched with no transaction open: who calls, then what for.
    "download_proposal": (8, 8),
    "get_invoice_pdf": (6, 6),
    # Who calls; that it begins; each part: who calls still, where it ends, its values, its lines; that it ended.
    "export_audit_events": (17, None),
    "export_projects": (17, 17),
    "export_proposals": (17, 17),
    "export_invoices": (17, 17),
    "export_payments": (17, 17),
    "export_workflows": (17, 17),
    "export_executions": (18, 18),
    "export_workflow_templates": (17, None),
    "export_environments": (17, None),
    "export_organizations": (17, None),
    "export_dead_letters": (17, None),
    # Summaries of everything.
    "get_dashboard": (5, 4),
    "search_records": (4, 4),
    "get_system": (13, None),
}
#: What a write may take, with its audit event and its entry in the activity.
WRITE_BUDGETS: Mapping[str, int] = {
    "create_project": 6,
    "update_project": 7,
    "create_proposal": 9,
    "update_proposal": 7,
}
COLUMNS = ("OPE", "OWN")


@pytest.fixture(scope="module")
def relay(postgres: EmbeddedPostgres) -> Iterator[RoundTrips]:
    with RoundTrips.counted(postgres.port) as relay:
        yield relay


@pytest.fixture(scope="module")
async def single(relay: RoundTrips, postgres: EmbeddedPostgres, settings: Settings) -> AsyncIterator[Database]:
    """One connection to PostgreSQL, through the relay."""
    url = settings.database_url.get_secret_value()
    through_relay = url.replace(f":{postgres.port}/", f":{relay.port}/")
    assert through_relay != url
    async with Database(through_relay, PoolSize(size=1)) as database:
        yield database


@pytest.fixture(scope="module")
async def relayed(
    single: Database, world: World, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> AsyncIterator[FastAPI]:
    """The application on that connection."""
    del world
    async with second_app(settings, replace(factory, database=single), ports) as app:
        yield app


@dataclass
class Counter:
    """Counts what one call takes."""

    relay: RoundTrips
    database: Database

    async def of(self, client: Client, operation: Operation, call: Call) -> tuple[int, Response]:
        before = self.relay.count
        answer = await operation.send(client, call)
        # What only read is ended behind the answer.
        await self.database.settled()
        taken = self.relay.count - before
        assert answer.is_success, f"{operation.id}: {answer.text}"
        return taken, answer

    async def warm(self, client: Client, operation: Operation, call: Call) -> tuple[int, Response]:
        """Count the third of three equal calls."""
        for _ in range(2):
            await self.of(client, operation, call)
        return await self.of(client, operation, call)


@pytest.fixture(scope="module")
def counter(relay: RoundTrips, single: Database) -> Counter:
    return Counter(relay, single)


@pytest.fixture(scope="module")
async def busy(world: World, callers: Callers) -> Mapping[str, Call]:
    """More than a page of everything; returns the calls of the lists that are about one thing."""
    calls = await fill_lists(world, await callers.get("OPE", "OPE"), MANY)
    # What dashboards look further into.
    changes = {"message": world.word()}
    proposal, owner = await build_sent_proposal(world), await world.member(Role.OWNER)
    await world.post(f"/api/proposals/{proposal}/request-changes", changes, by=owner)
    return calls


def _safe(app: FastAPI) -> list[Operation]:
    return [operation for operation in operations(app).values() if not operation.is_unsafe]


Counts = dict[str, tuple[int | None, ...]]


@pytest.fixture(scope="module")
async def counted(
    relayed: FastAPI, world: World, callers: Callers, counter: Counter, busy: Mapping[str, Call]
) -> Counts:
    """What each safe operation takes, by column."""
    counts: Counts = {}
    for operation in _safe(relayed):
        row, taken = ROWS[operation.id], []
        call = busy.get(operation.id) or await row.call(world)
        for column in COLUMNS:
            if not row.lets_in(column):
                taken.append(None)
                continue
            client = Client(relayed, (await callers.get(column, row.able)).token)
            count, answer = await counter.warm(client, operation, call)
            taken.append(count)
            if operation.id in LISTS:
                assert answer.json()["next_cursor"], f"{operation.id}: make more for it to list"
        counts[operation.id] = tuple(taken)
    return counts


def _told(counts: Mapping[str, tuple[int | None, ...]]) -> str:
    """Return a table of what was counted."""
    rows = {"round trips": COLUMNS, **counts}
    return "\n".join(f"{name:<30}" + "".join(f"{one!s:>6}" for one in told) for name, told in rows.items())


def _is_kept(budget: int | None, count: int | None) -> bool:
    if budget is None or count is None:
        return budget is count
    return count <= budget


def test_each_safe_operation_keeps_to_its_budget(counted: Counts) -> None:
    sys.stdout.write(_told(counted) + "\n")
    assert counted.keys() == BUDGETS.keys(), "write what it may take"
    broken = {
        name: f"{counts}, not {BUDGETS[name]}"
        for name, counts in counted.items()
        if not all(_is_kept(budget, count) for budget, count in zip(BUDGETS[name], counts, strict=True))
    }
    assert broken == {}


def test_no_list_is_granted_more_than_lists_may_take() -> None:
    granted = {name: BUDGETS[name] for name in {"get_me", *LISTS}}
    assert [name for name, budgets in granted.items() if max(budget or 0 for budget in budgets) > LIST_MAX] == []


def _asked(listed: ServedList) -> Iterator[Mapping[str, str]]:
    """Every filter, and words beside it where a list is searched."""
    yield from listed.filters
    if listed.is_searched:
        yield from ({**wanted, "q": CANARY} for wanted in ({}, *listed.filters))


async def test_a_filter_adds_no_round_trip_beyond_what_lists_may_take(
    relayed: FastAPI, world: World, callers: Callers, counter: Counter, busy: Mapping[str, Call]
) -> None:
    """Also where a proposal's validity is over and nobody has swept it yet."""
    overdue = await build_sent_proposal(world)
    await world.sql("update proposals set valid_until = now() - interval '1 day' where id = :id", id=overdue)
    counts: dict[str, int] = {}
    for name, listed in LISTS.items():
        operation, row = operations(relayed)[name], listed.row
        call = busy.get(name) or await row.call(world)
        for column in listed.readers(*COLUMNS):
            client = Client(relayed, (await callers.get(column, row.able)).token)
            for wanted in _asked(listed):
                filtered = replace(call, query={**call.query, **wanted})
                label = f"{column} {name} {wanted}"
                counts[label], _ = await counter.warm(client, operation, filtered)
    assert {"OPE list_proposals {'status': 'EXPIRED'}", "OWN list_projects {'status': 'DRAFT'}"} <= counts.keys()
    assert f"OPE list_proposals {{'status': 'EXPIRED', 'q': '{CANARY}'}}" in counts
    assert {label: count for label, count in counts.items() if count > LIST_MAX} == {}


@pytest.fixture
async def writer(relayed: FastAPI, world: World) -> Client:
    """An operator who has the CSRF pair."""
    client = Client(relayed, world.operator.client.token)
    await client.csrf()
    return client


async def test_a_write_keeps_to_its_budget(relayed: FastAPI, world: World, counter: Counter, writer: Client) -> None:
    """With its audit event, its entry in the activity, and what it announces."""
    project, draft, known = await build_project(world), await build_draft(world), operations(relayed)
    drafted = [
        {"project_id": await build_project(world), "title": world.word(), "line_items": LINE_ITEMS} for _ in range(3)
    ]
    calls = {
        "create_project": [Call(json={"org_id": str(world.own), "title": world.word()}) for _ in range(3)],
        "update_project": [Call({"project_id": project}, json={"title": world.word()}) for _ in range(3)],
        "create_proposal": [Call(json=body) for body in drafted],
        "update_proposal": [Call({"proposal_id": draft}, json={"title": world.word()}) for _ in range(3)],
    }
    counts = {name: [(await counter.of(writer, known[name], call))[0] for call in calls[name]][-1] for name in calls}
    sys.stdout.write(f"{counts}\n")
    assert {name for name in counts if counts[name] > WRITE_BUDGETS[name]} == set()


async def test_a_key_takes_two_round_trips(relayed: FastAPI, world: World, counter: Counter, writer: Client) -> None:
    """It is inserted, and its answer stored."""
    create = operations(relayed)["create_project"]

    async def taken(headers: dict[str, str]) -> int:
        call = Call(json={"org_id": str(world.own), "title": world.word()}, headers=headers)
        return (await counter.of(writer, create, call))[0]

    keys: list[dict[str, str]] = [{"Idempotency-Key": str(uuid.uuid4())} for _ in range(3)]
    with_key = [await taken(key) for key in keys][-1]
    without = [await taken({}) for _ in range(3)][-1]
    assert with_key - without <= 2


async def test_signing_in_and_renewing_keep_to_their_budgets(relayed: FastAPI, world: World, counter: Counter) -> None:
    """A sign-in takes three units: the try, its success, the session. A renewal two: whose token, its successor."""
    known, owner = operations(relayed), await world.member(Role.OWNER)
    client = Client(relayed)
    await client.csrf()
    counts: dict[str, int] = {}
    for _ in range(3):
        credentials = Call(json={"email": owner.email, "password": PASSWORD})
        counts["login"], answer = await counter.of(client, known["login"], credentials)
        renewal = Call(json={"refresh_token": answer.json()["refresh_token"]})
        counts["refresh_session"], _ = await counter.of(client, known["refresh_session"], renewal)
    sys.stdout.write(f"{counts}\n")
    assert counts["login"] <= 13
    assert counts["refresh_session"] <= 8


async def test_who_makes_a_project_makes_others_wait_for_two_round_trips(
    relayed: FastAPI, world: World, counter: Counter, writer: Client
) -> None:
    """Beside the code's own: all that is left is written in one statement, and committed."""
    create = operations(relayed)["create_project"]
    call = Call(json={"org_id": str(world.own), "title": world.word()})
    await counter.warm(writer, create, call)
    async with world.unit() as other:
        await other.session.execute(text("select from number_series for update"))
        making = asyncio.create_task(create.send(writer, call))
        waiting = text("select count(*) from pg_locks where not granted")
        while not (await other.session.execute(waiting)).scalar_one():
            assert not making.done()
        before = counter.relay.count
    answer = await making
    assert answer.is_success, answer.text
    # The code's answer came after the count.
    assert counter.relay.count - before == 1 + 2


async def test_a_repetition_under_its_key_keeps_to_its_budget(
    relayed: FastAPI, world: World, counter: Counter, writer: Client
) -> None:
    """Begin, who calls, the key that is there, its answer, commit: nothing of what it repeats."""
    create = operations(relayed)["create_project"]
    call = Call(json={"org_id": str(world.own), "title": world.word()}, headers={"Idempotency-Key": str(uuid.uuid4())})
    await counter.of(writer, create, call)
    count, answer = await counter.warm(writer, create, call)
    assert answer.headers["idempotent-replayed"] == "true"
    assert count <= 5
