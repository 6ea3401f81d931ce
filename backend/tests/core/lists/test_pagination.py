"""Pages of a long list: a total that is counted to a bound, and cursors that come back as they went out."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.lists.pagination import TOTAL_MAX, Cursor, PageQuery
from tests.people import SYSTEM, People

#: What cursors are made of: JSON has no half characters, and a text of PostgreSQL no NUL.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
VALUES = st.lists(TEXTS | st.integers(-(2**63), 2**63 - 1), max_size=3).map(tuple)


@settings(deadline=None)
@given(TEXTS, VALUES, st.uuids(), TEXTS)
def test_a_cursor_comes_back_as_it_went_out(
    sort: str, values: tuple[str | int, ...], identifier: uuid.UUID, asked: str
) -> None:
    cursor = Cursor(sort, values, identifier, asked)
    assert Cursor.decode(cursor.encode()) == cursor


@settings(deadline=None)
@given(TEXTS, VALUES, st.uuids())
def test_a_cursor_needs_no_escaping_in_an_address(
    sort: str, values: tuple[str | int, ...], identifier: uuid.UUID
) -> None:
    encoded = Cursor(sort, values, identifier, "").encode()
    assert encoded.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_counts_and_a_number_of_pages_does_not() -> None:
    cursor = Cursor("-created_at", (), uuid.uuid4(), "")
    assert (PageQuery(page=3, limit=20).offset, PageQuery(page=3, limit=20, cursor=cursor).offset) == (40, 0)


async def _make_organizations(people: People, count: int) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text(
                "insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at) "
                "select gen_random_uuid(), 'Customer ' || n, 'customer-' || n, 'FREE', 'ACTIVE', '{}', now(), now() "
                "from generate_series(1, cast(:count as int)) as n"
            ),
            {"count": count},
        )


@pytest.mark.parametrize("beyond", [0, 1, 30])
async def test_a_total_is_exact_up_to_a_thousand(beyond: int, people: People) -> None:
    operator = await people.operator()
    await _make_organizations(people, TOTAL_MAX + beyond)

    found = (await operator.client.get("/api/orgs", params={"limit": 100})).json()

    assert (found["total"], found["total_capped"], found["pages"]) == (1000, beyond > 0, 10)
    # What lies beyond the bound is there all the same, for whoever goes on.
    rest = (await operator.client.get("/api/orgs", params={"limit": 100, "page": 11})).json()
    assert len(rest["items"]) == beyond


async def test_rows_of_one_moment_are_told_apart_by_their_ids(people: People) -> None:
    operator, seen, cursor = await people.operator(), [], ""
    await _make_organizations(people, 25)
    while cursor is not None:
        query = {"limit": "4", **({"cursor": cursor} if cursor else {})}
        page = (await operator.client.get("/api/orgs", params=query)).json()
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(f"Customer {number}" for number in range(1, 26))
