"""Who follows ``next_cursor`` sees the whole list, sorted: each row once, also among equals, while others come."""

from collections.abc import Awaitable, Callable, Sequence

import pytest

from capecontrol.core.permissions import Role
from tests.client import Client
from tests.features.billing.builders import build_invoice
from tests.features.proposals.builders import build_draft, build_sent_proposal
from tests.people import People, Person
from tests.security.served_lists import LISTS, fill_lists
from tests.security.world import World

#: Equal titles, and equal but for their case; equal moments. Codes beyond the digits that they are filled up to.
INSERT = """
insert into projects (id, org_id, code, title, description, status, revision, created_at, updated_at)
select gen_random_uuid(), :org_id,
  'PRJ-20' || (25 + n % 2) || '-' || lpad(cast(n * 97 as text), greatest(3, length(cast(n * 97 as text))), '0'),
  (array['Harbour', 'harbour', 'Quay', 'Éclair', ''])[1 + n % 5], '', 'DRAFT', 1,
  timestamptz '2026-01-01 UTC' + n / 4 * interval '1 second',
  timestamptz '2026-01-01 UTC' + n % 3 * interval '1 day'
from generate_series(cast(:first as int), cast(:last as int)) as n
"""


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


@pytest.fixture
async def owner(world: World) -> Person:
    return await world.member(Role.OWNER)


async def _projects(world: World, first: int, last: int) -> None:
    await world.sql(INSERT, org_id=world.own, first=first, last=last)


async def _walk(
    client: Client, path: str, sort: str, limit: int, between: Callable[[], Awaitable[None]] | None = None
) -> list[str]:
    """Follow ``next_cursor`` to the end of a list, and return the ids of its rows."""
    seen, cursor, query = [], None, {"sort": sort, "limit": str(limit)}
    while True:
        answer = await client.get(path, params={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        seen += [item["id"] for item in page["items"]]
        # Else a cursor that leads back would be followed for ever.
        assert len(set(seen)) == len(seen)
        cursor = page["next_cursor"]
        if cursor is None:
            return seen
        if between:
            await between()


def _keys(items: Sequence[dict[str, str]], sort: str) -> list[object]:
    name = sort.removeprefix("-")
    found: list[object] = []
    for item in items:
        value = item[name]
        if name == "code":
            found.append((value[:9], int(value[9:])))
        elif name == "title":
            found.append("".join(letter.lower() if letter.isascii() else letter for letter in value).encode())
        else:
            found.append(value)
    return found[::-1] if sort.startswith("-") else found


@pytest.mark.parametrize("sort", LISTS["list_projects"].sorts)
async def test_a_walk_shows_each_row_once_in_order_while_rows_come(sort: str, world: World, owner: Person) -> None:
    await _projects(world, 1, 23)
    items = (await owner.client.get("/api/projects", params={"sort": sort, "limit": "100"})).json()["items"]
    assert len(items) == 23
    assert _keys(items, sort) == sorted(_keys(items, sort))
    there = [item["id"] for item in items]

    async def another() -> None:
        number = 1000 + world.number()
        await _projects(world, number, number)

    for person in (owner, world.operator):
        seen = await _walk(person.client, "/api/projects", sort, 3, another)
        assert [identifier for identifier in seen if identifier in there] == there


@pytest.mark.parametrize("name", LISTS)
async def test_a_walk_shows_the_whole_list_in_each_order(name: str, world: World) -> None:
    """One way round is the other's reverse; some names begin with a capital, others do not."""
    listed = LISTS[name]
    for word in ("harbour", "Harbour"):
        await world.people.organization(world.word(word))
    calls = await fill_lists(world, world.operator.client, 2)
    client, path = world.operator.client, listed.path(calls.get(name) or await listed.row.call(world))
    for sort in listed.sorts:
        whole = await _walk(client, path, sort, 100)
        assert len(whole) >= 2, "make more for it to list"
        assert await _walk(client, path, sort, 1) == whole
        assert await _walk(client, path, sort.removeprefix("-") if sort[0] == "-" else f"-{sort}", 100) == whole[::-1]


@pytest.fixture
async def filled(world: World) -> World:
    """Proposals in two states, and two invoices."""
    for _ in range(2):
        await build_draft(world)
        await build_sent_proposal(world)
        await build_invoice(world)
    return world


async def test_drafts_come_behind_proposals_that_have_an_end(filled: World) -> None:
    ends = (await filled.operator.client.get("/api/proposals", params={"sort": "valid_until"})).json()["items"]
    assert [item["status"] for item in ends][-2:] == ["DRAFT", "DRAFT"]


async def test_invoices_are_sorted_by_the_number_in_their_number(filled: World) -> None:
    await filled.sql(
        "update invoices set sequence = 12345, number = 'INV-2026-12345' "
        "where sequence = (select min(sequence) from invoices)"
    )
    found = (await filled.operator.client.get("/api/billing/invoices", params={"sort": "number"})).json()["items"]
    assert [item["number"] for item in found][-1] == "INV-2026-12345"
