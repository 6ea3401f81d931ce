"""Pages of a long list: a total that is counted to a bound, and cursors that come back as they went out."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.pagination import TOTAL_MAX, Cursor, PageQuery
from tests.people import SYSTEM, People

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.builds(
    lambda microseconds, minutes: (EPOCH + timedelta(microseconds=microseconds)).astimezone(
        timezone(timedelta(minutes=minutes))
    ),
    st.integers(-(10**16), 10**16),
    st.integers(-14 * 60, 14 * 60),
)


@settings(deadline=None)
@given(MOMENTS, st.uuids())
def test_a_cursor_comes_back_as_it_went_out(moment: datetime, identifier: uuid.UUID) -> None:
    read = Cursor.decode(Cursor(moment, identifier).encode())
    assert (read.at, read.id) == (moment, identifier)
    assert read.at.tzinfo is UTC


@settings(deadline=None)
@given(MOMENTS, st.uuids())
def test_a_cursor_needs_no_escaping_in_an_address(moment: datetime, identifier: uuid.UUID) -> None:
    encoded = Cursor(moment, identifier).encode()
    assert encoded.replace("-", "").replace("_", "").isalnum()
    assert len(encoded) <= 200


def test_a_cursor_counts_and_a_number_of_pages_does_not() -> None:
    cursor = Cursor(datetime.now(UTC), uuid.uuid4())
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
