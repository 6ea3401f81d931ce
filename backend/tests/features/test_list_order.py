"""However large the platform is: a list reads its first page from an index in the list's order, and sorts nothing."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy import event

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from tests.people import SYSTEM, People
from tests.watched_transactions import watched_transactions

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


@dataclass
class Pages:
    """The statements that read the first rows of something in an order: of SQLAlchemy, and of the driver."""

    composed: list[Statement] = field(default_factory=list)
    prepared: list[Statement] = field(default_factory=list)

    def note_composed(
        self, connection: object, cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        """Take what SQLAlchemy is about to send."""
        if _is_page(statement):
            self.composed.append((statement, parameters))

    def note_prepared(self, query: Any) -> None:
        """Take what the driver has sent."""
        if _is_page(query.query):
            self.prepared.append((query.query, query.args))

    def watch(self, transaction: Transaction) -> None:
        """Listen to a connection that a transaction begins on."""
        _driver_of(transaction).add_query_logger(self.note_prepared)

    def forget(self, transaction: Transaction) -> None:
        """Listen to it no longer."""
        _driver_of(transaction).remove_query_logger(self.note_prepared)


def _driver_of(transaction: Transaction) -> asyncpg.Connection:
    return cast("asyncpg.Connection", transaction.driver)


def _is_page(statement: str) -> bool:
    return "ORDER BY" in statement and "LIMIT" in statement and not statement.startswith("explain")


@pytest.fixture
def pages(factory: UnitOfWorkFactory) -> Iterator[Pages]:
    """Collects statements."""
    seen, engine = Pages(), factory.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", seen.note_composed)
    with watched_transactions(seen.watch, seen.forget):
        yield seen
    event.remove(engine, "before_cursor_execute", seen.note_composed)


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.OPERATOR, path) for path in FOR_ALL + FOR_STAFF] + [(Role.OWNER, path) for path in FOR_ALL],
)
async def test_a_page_is_read_in_the_order_of_an_index(
    role: Role, path: str, people: People, factory: UnitOfWorkFactory, pages: Pages
) -> None:
    person = await people.person(role, await people.organization() if role is Role.OWNER else None)
    pages.composed.clear()
    pages.prepared.clear()
    answer = await person.client.get(path)
    assert answer.status_code == 200, answer.text
    composed, prepared = list(pages.composed), list(pages.prepared)
    assert composed + prepared
    scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")

    async with factory.unit(SYSTEM, scope) as work:
        connection = await work.session.connection()
        for words in ONLY_IN_ORDER.split("; "):
            await connection.exec_driver_sql(words)
        plans = [
            "\n".join((await connection.exec_driver_sql(f"explain {statement}", parameters)).scalars())
            for statement, parameters in composed
        ] + [
            "\n".join(row[0] for row in await work.transaction.driver.fetch(f"explain {statement}", *parameters))
            for statement, parameters in prepared
        ]
    # An incremental one sorts what is equal in the index's order, and stops at the page's end.
    sorting = [plan for plan in plans if re.search(r"^\W*Sort  \(", plan, re.MULTILINE)]
    assert not sorting, "\n\n".join(sorting)
