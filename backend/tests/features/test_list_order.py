"""However large the platform is: a list reads its pages from an index in the list's order, and sorts nothing."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.audit.dao import EVENTS
from capecontrol.features.billing.dao.invoices import INVOICES
from capecontrol.features.billing.dao.payments import PAYMENTS
from capecontrol.features.organizations.dao import ORGANIZATIONS
from capecontrol.features.projects.dao import PROJECTS
from capecontrol.features.proposals.dao import PROPOSALS
from capecontrol.features.workflows.dao.instances import WORKFLOWS
from tests.asked_statements import AskedStatements, asked_statements
from tests.people import SYSTEM, People

NOBODY = uuid.UUID(int=0)
#: Every way of reading but in an index's order is made too dear to be chosen; a sort that is left had no such index.
ONLY_IN_ORDER = "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off"
FOR_ALL = (
    "/api/projects",
    "/api/proposals",
    "/api/billing/invoices",
    "/api/billing/payments",
    "/api/workflows",
    "/api/dashboard",
)
FOR_STAFF = (
    "/api/orgs",
    "/api/projects?status=IN_PROGRESS",
    f"/api/projects?org_id={NOBODY}",
    "/api/proposals?status=SENT",
    "/api/proposals?status=EXPIRED",
    f"/api/proposals?project_id={NOBODY}",
    f"/api/proposals?org_id={NOBODY}",
    "/api/billing/invoices?status=VOID",
    f"/api/billing/invoices?project_id={NOBODY}",
    "/api/workflows?status=FAILED",
    f"/api/workflows?org_id={NOBODY}",
    "/api/workflows/templates",
    "/api/audit",
    "/api/audit?outcome=DENIED",
    f"/api/audit?org_id={NOBODY}",
    f"/api/audit?actor={NOBODY}",
    f"/api/audit?resource_type=project&resource_id={NOBODY}",
)
#: Lists that grow with clients, in each of their orders.
ORDERS = {
    "/api/projects": PROJECTS,
    "/api/proposals": PROPOSALS,
    "/api/billing/invoices": INVOICES,
    "/api/billing/payments": PAYMENTS,
    "/api/workflows": WORKFLOWS,
}
ORDERS_FOR_STAFF = {"/api/orgs": ORGANIZATIONS, "/api/audit": EVENTS}


def _sorted_paths(orders: Mapping[str, PageRead[Any]]) -> list[str]:
    return [f"{path}?sort={sort}" for path, listed in orders.items() for sort in listed.sorts]


def _is_page(statement: str) -> bool:
    return "ORDER BY" in statement and "LIMIT" in statement and not statement.startswith("explain")


@pytest.fixture
def asked(factory: UnitOfWorkFactory) -> Iterator[AskedStatements]:
    with asked_statements(factory) as seen:
        yield seen


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.OPERATOR, path) for path in [*FOR_ALL, *FOR_STAFF, *_sorted_paths({**ORDERS, **ORDERS_FOR_STAFF})]]
    + [(Role.OWNER, path) for path in [*FOR_ALL, *_sorted_paths(ORDERS)]],
)
async def test_a_page_is_read_in_the_order_of_an_index(
    role: Role, path: str, people: People, factory: UnitOfWorkFactory, asked: AskedStatements
) -> None:
    person = await people.person(role, await people.organization() if role is Role.OWNER else None)
    asked.clear()
    answer = await person.client.get(path)
    assert answer.status_code == 200, answer.text
    scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")

    async with factory.unit(SYSTEM, scope) as work:
        await work.transaction.driver.execute(ONLY_IN_ORDER)
        plans = await asked.plans(work, _is_page)
    assert plans
    # An incremental one sorts what is equal in the index's order, and stops at the page's end.
    sorting = [plan for plan in plans if re.search(r"^\W*Sort  \(", plan, re.MULTILINE)]
    assert not sorting, "\n\n".join(sorting)
