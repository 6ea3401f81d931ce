"""However large the platform is: a list reads its pages from an index in the list's order, and sorts nothing."""

import re
import uuid
from collections.abc import Mapping

import pytest

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWorkFactory
from tests.asked_statements import asked_statements
from tests.client import Client
from tests.features import list_exceptions
from tests.people import SYSTEM, People
from tests.security.callers import Callers
from tests.security.columns import SEATS
from tests.security.served_lists import LISTS
from tests.security.world import World

NOBODY = uuid.UUID(int=0)
#: Every way of reading but in an index's order is made too dear to be chosen; a sort that is left had no such index.
ONLY_IN_ORDER = "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off"
#: Whose policies and filters differ.
READERS = ("OPE", "OWN")
CASES = [(name, column) for name, listed in LISTS.items() for column in listed.readers(*READERS)]
#: Filters that are used together.
TOGETHER: Mapping[str, Mapping[str, str]] = {
    "list_audit_events": {"resource_type": "project", "resource_id": str(NOBODY)},
}


def _is_page(statement: str) -> bool:
    return "ORDER BY" in statement and "LIMIT" in statement and not statement.startswith("explain")


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


async def _sorting(
    path: str, query: Mapping[str, str], client: Client, scope: Scope, factory: UnitOfWorkFactory
) -> list[str]:
    """Return the plans of a page's statements that sort."""
    with asked_statements(factory) as asked:
        answer = await client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        async with factory.unit(SYSTEM, scope) as work:
            await work.transaction.driver.execute(ONLY_IN_ORDER)
            plans = await asked.plans(work, _is_page)
    assert plans, query
    # An incremental one sorts what is equal in the index's order, and stops at the page's end.
    return [plan for plan in plans if re.search(r"^\W*Sort  \(", plan, re.MULTILINE)]


def _scope(column: str, world: World) -> Scope:
    return PlatformScope("tests") if SEATS[column].role.realm is Realm.ADMIN else OrganizationScope(world.own)


@pytest.mark.parametrize(("name", "column"), CASES)
async def test_a_page_is_read_in_the_order_of_an_index(
    name: str, column: str, world: World, factory: UnitOfWorkFactory
) -> None:
    """In each order, unless it was reviewed: an exception that nothing needs any more fails, too."""
    listed, callers = LISTS[name], Callers(world)
    client, path = await callers.get(column, column), listed.path(await listed.row.call(world))
    sorting = {
        sort: plans
        for sort in listed.sorts
        if (plans := await _sorting(path, {"sort": sort}, client, _scope(column, world), factory))
    }
    reviewed = list_exceptions.SORTED.get(name)
    expected = {key for one in reviewed.orders for key in (one, f"-{one}")} if reviewed else set()
    assert sorting.keys() == expected, _told(sorting)


@pytest.mark.parametrize(("name", "column"), [(name, column) for name, column in CASES if LISTS[name].filters])
async def test_a_filter_keeps_to_the_order_of_an_index(
    name: str, column: str, world: World, factory: UnitOfWorkFactory
) -> None:
    """Each but the words, which ``test_list_search`` looks into."""
    listed, callers = LISTS[name], Callers(world)
    client, path = await callers.get(column, column), listed.path(await listed.row.call(world))
    # Another's organization finds nothing, without reading; a part of a name is first looked for among the people.
    meant = {"org_id": str(world.own), "actor": str(NOBODY)}
    wanted = [{one: meant.get(one, value) for one, value in query.items()} for query in listed.filters]
    sorting = {
        str(query): plans
        for query in [*wanted, TOGETHER.get(name, {})]
        if (plans := await _sorting(path, query, client, _scope(column, world), factory))
    }
    assert not sorting, _told(sorting)


def _told(sorting: Mapping[str, list[str]]) -> str:
    return "\n\n".join(f"{query}\n{plan}" for query, plans in sorting.items() for plan in plans)


@pytest.mark.parametrize("column", READERS)
async def test_what_a_dashboard_lists_is_read_in_the_order_of_an_index(
    column: str, world: World, factory: UnitOfWorkFactory
) -> None:
    client = await Callers(world).get(column, column)
    assert await _sorting("/api/dashboard", {}, client, _scope(column, world), factory) == []
