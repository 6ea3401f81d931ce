"""One organization gets nothing of another: with both layers, with row-level security alone, with DAO filters alone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi import FastAPI

from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.features import metadata
from capecontrol.main.settings import Settings
from tests.features.projects.builders import build_project
from tests.features.proposals.builders import build_sent_proposal
from tests.people import SYSTEM, People
from tests.security.callers import Callers
from tests.security.columns import FOREIGN
from tests.security.rows import ROWS
from tests.security.scoped_statements import PROBES, Wanted, scoped_statements
from tests.security.second_app import second_app
from tests.security.served import Operation, operations
from tests.security.world import CANARY, World

pytestmark = pytest.mark.isolation

LAYERS = ("both layers", "row security alone", "DAO filters alone")


@pytest.fixture(scope="module", params=LAYERS)
async def layer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
async def walled(
    layer: str,
    empty: Callable[[], Awaitable[None]],
    fake_services: None,
    app: FastAPI,
    settings: Settings,
    factory: UnitOfWorkFactory,
    ports: Ports,
    owner_url: str,
) -> AsyncIterator[World]:
    """The world behind one layer, or both."""
    await empty()
    if layer == "row security alone":
        async with (
            Database(settings.database_url.get_secret_value(), filters_by_scope=False) as unfiltered,
            second_app(settings, replace(factory, database=unfiltered), ports) as without_filters,
        ):
            yield await World.make(People(without_filters, factory, ports), owner_url)
        return
    world = await World.make(People(app, factory, ports), owner_url)
    tables = [table.name for table in metadata.sorted_tables] if layer == "DAO filters alone" else []
    for table in tables:
        await world.owner_sql(f"alter table {table} disable row level security")
    yield world
    for table in tables:
        await world.owner_sql(f"alter table {table} enable row level security")


@pytest.fixture(scope="module")
def knockers(walled: World) -> Callers:
    return Callers(walled)


def _reads(app: FastAPI) -> list[Operation]:
    return [one for one in operations(app).values() if not one.is_unsafe and not ROWS[one.id].shows_anybody]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


async def test_no_read_shows_another_organization(walled: World, knockers: Callers) -> None:
    """Every list, page, detail and export, asked by each role of another organization about the very things."""
    app, leaks, shown = walled.people.app, [], set()
    calls = {one.id: await ROWS[one.id].call(walled) for one in _reads(app)}
    for operation in _reads(app):
        for column in FOREIGN:
            client = await knockers.get(column, ROWS[operation.id].able)
            answer = await operation.send(client, calls[operation.id])
            told = answer.text + str(answer.headers)
            # A guide's name is nobody's.
            ids = [one for one in calls[operation.id].ids.values() if one != str(walled.foreign) and _is_id(one)]
            if CANARY.lower() in told.lower() or any(one in told for one in ids) or str(walled.own) in told:
                leaks.append(f"{operation.id} as {column}: {answer.status_code}")
        owner = await knockers.get("OWN", "OWN")
        if CANARY.lower() in (await operation.send(owner, calls[operation.id])).text.lower():
            shown.add(operation.id)
    assert leaks == []
    # The probe sees what there is to see: its own people do get the canary from these.
    assert shown >= {
        "get_me", "get_organization", "list_projects", "get_project", "list_project_activity", "list_proposals",
        "get_proposal", "list_proposal_versions", "download_proposal", "list_invoices", "get_invoice",
        "get_invoice_pdf", "list_workflows", "get_workflow", "list_workflow_executions", "get_dashboard",
    }  # fmt: skip


async def test_no_filter_opens_another_organization(walled: World, knockers: Callers) -> None:
    """Filters narrow what is one's own; another organization's ids in them find nothing."""
    client = await knockers.get("fOW", "OWN")
    project, proposal = await build_project(walled), await build_sent_proposal(walled)
    for path, query in (
        ("/api/projects", {"org_id": str(walled.own)}),
        ("/api/projects", {"q": CANARY}),
        ("/api/proposals", {"org_id": str(walled.own)}),
        ("/api/proposals", {"project_id": project}),
        ("/api/proposals", {"q": CANARY}),
        ("/api/billing/invoices", {"project_id": project}),
        ("/api/billing/invoices", {"q": CANARY}),
        ("/api/workflows", {"org_id": str(walled.own)}),
        ("/api/workflows", {"project_id": project}),
    ):
        answer = await client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        assert answer.json()["items"] == []
        # What a search by text finds is not counted.
        assert answer.json()["total"] == (None if "q" in query else 0)
    assert (await client.get(f"/api/proposals/{proposal}")).status_code == 404


def test_every_prepared_statement_has_its_probe() -> None:
    assert scoped_statements().keys() == PROBES.keys(), "write it in tests/security/scoped_statements.py"


async def test_no_prepared_statement_finds_what_is_another_organizations(walled: World) -> None:
    factory, wanted, found = walled.people.app.state.http.factory, await Wanted.make(walled), {}
    for organization in (walled.foreign, walled.own):
        async with factory.unit(SYSTEM, OrganizationScope(organization)) as work:
            found[organization] = {name for name, probe in PROBES.items() if await probe(work, wanted)}
    assert found == {walled.foreign: set(), walled.own: set(PROBES)}


async def test_no_write_changes_another_organization(walled: World, knockers: Callers) -> None:
    """Every unsafe operation about a thing, asked by each role of another organization: nothing of it moves."""
    app, wrong = walled.people.app, []
    for name, row in ROWS.items():
        columns = [column for column in FOREIGN if row.cells[column] in (403, 404)]
        if row.no_csrf is None or row.unknown is None or not columns:
            continue
        call = await row.call(walled)
        before = await walled.fingerprint()
        for column in columns:
            answer = await operations(app)[name].send(await knockers.get(column, row.able), call)
            if answer.status_code != row.cells[column] or await walled.fingerprint() != before:
                wrong.append(f"{name} as {column}: {answer.status_code}")
    assert wrong == []
