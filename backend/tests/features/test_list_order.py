"""However large the platform is: a list reads its first page from an index in the list's order, and sorts nothing."""

import re
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
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
Statement = tuple[str, tuple[object, ...]]


@pytest.fixture
def pages(factory: UnitOfWorkFactory) -> Iterator[list[Statement]]:
    """Collects the statements that read the first rows of something in an order."""
    seen: list[Statement] = []

    def note(connection: object, cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        if "ORDER BY" in statement and "LIMIT" in statement:
            seen.append((statement, parameters))

    engine = factory.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.OPERATOR, path) for path in FOR_ALL + FOR_STAFF] + [(Role.OWNER, path) for path in FOR_ALL],
)
async def test_a_page_is_read_in_the_order_of_an_index(
    role: Role, path: str, people: People, factory: UnitOfWorkFactory, pages: list[Statement]
) -> None:
    person = await people.person(role, await people.organization() if role is Role.OWNER else None)
    pages.clear()
    answer = await person.client.get(path)
    assert answer.status_code == 200, answer.text
    asked = list(pages)
    assert asked
    scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")

    async with factory.unit(SYSTEM, scope) as work:
        connection = await work.session.connection()
        for words in ONLY_IN_ORDER.split("; "):
            await connection.exec_driver_sql(words)
        for statement, parameters in asked:
            plan = "\n".join((await connection.exec_driver_sql(f"explain {statement}", parameters)).scalars())
            # An incremental one sorts what is equal in the index's order, and stops at the page's end.
            assert not re.search(r"^\W*Sort  \(", plan, re.MULTILINE), f"{statement}\n{plan}"
