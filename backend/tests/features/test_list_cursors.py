"""Who follows ``next_cursor`` sees the whole list, sorted: each row once, also among equals, while others come."""

from collections.abc import Sequence

import pytest

from capecontrol.core.permissions import Role
from capecontrol.features.billing.dao.invoices import INVOICES
from capecontrol.features.billing.dao.payments import PAYMENTS
from capecontrol.features.organizations.dao import ORGANIZATIONS
from capecontrol.features.projects.dao import PROJECTS
from capecontrol.features.proposals.dao import PROPOSALS
from capecontrol.local.postgres import EmbeddedPostgres
from tests.features.billing.builders import build_invoice
from tests.features.proposals.builders import build_draft, build_sent_proposal
from tests.people import People, Person
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
async def world(people: People, postgres: EmbeddedPostgres) -> World:
    return await World.make(people, postgres.owner_dsn("capecontrol"))


@pytest.fixture
async def owner(world: World) -> Person:
    return await world.member(Role.OWNER)


async def _projects(world: World, first: int, last: int) -> None:
    await world.sql(INSERT, org_id=world.own, first=first, last=last)


async def _walk(person: Person, path: str, sort: str, limit: int, world: World, more: bool) -> list[str]:
    seen, cursor, query = [], None, {"sort": sort, "limit": str(limit)}
    while True:
        answer = await person.client.get(path, params={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        if more:
            number = 1000 + world.number()
            await _projects(world, number, number)
    return seen


async def _whole(person: Person, path: str, sort: str) -> list[str]:
    page = (await person.client.get(path, params={"sort": sort, "limit": "100"})).json()
    assert page["next_cursor"] is None
    return [item["id"] for item in page["items"]]


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


@pytest.mark.parametrize("sort", PROJECTS.sorts)
async def test_a_walk_shows_each_row_once_in_order_while_rows_come(sort: str, world: World, owner: Person) -> None:
    await _projects(world, 1, 23)
    items = (await owner.client.get("/api/projects", params={"sort": sort, "limit": "100"})).json()["items"]
    assert len(items) == 23
    assert _keys(items, sort) == sorted(_keys(items, sort))
    there = [item["id"] for item in items]

    for person in (owner, world.operator):
        seen = await _walk(person, "/api/projects", sort, 3, world, more=True)
        assert [identifier for identifier in seen if identifier in there] == there
        assert len(set(seen)) == len(seen)


@pytest.fixture
async def filled(world: World) -> World:
    """Proposals in two states, two invoices and their payments, and some organizations."""
    for _ in range(2):
        await build_draft(world)
        await build_sent_proposal(world)
        await build_invoice(world)
        await world.people.organization(world.word("harbour"))
        await world.people.organization(world.word("Harbour"))
    return world


@pytest.mark.parametrize(
    ("path", "sorts"),
    [
        ("/api/proposals", PROPOSALS.sorts),
        ("/api/billing/invoices", INVOICES.sorts),
        ("/api/billing/payments", PAYMENTS.sorts),
        ("/api/orgs", ORGANIZATIONS.sorts),
    ],
)
async def test_a_walk_shows_the_whole_list_in_each_order(path: str, sorts: tuple[str, ...], filled: World) -> None:
    for sort in sorts:
        whole = await _whole(filled.operator, path, sort)
        assert len(whole) >= 2
        assert await _walk(filled.operator, path, sort, 1, filled, more=False) == whole
        assert (
            await _whole(filled.operator, path, sort.removeprefix("-") if sort[0] == "-" else f"-{sort}") == whole[::-1]
        )


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
