"""Lists: pages, cursors that hold under inserts, and cursors that somebody tampered with."""

import base64
import json

import pytest

from tests.people import Person
from tests.security.world import World


@pytest.fixture(scope="module")
async def many(world: World) -> list[str]:
    """Projects, oldest first."""
    return [await world.project() for _ in range(7)]


async def _get(person: Person, **query: str | int) -> dict[str, object]:
    answer = await person.client.get("/api/projects", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_pages_hold_everything_once(world: World, many: list[str]) -> None:
    seen: list[str] = []
    first = await _get(world.operator, limit=3)
    pages = first["pages"]
    assert isinstance(pages, int)
    for page in range(1, pages + 1):
        found = await _get(world.operator, limit=3, page=page)
        assert found["page"] == page
        assert found["total"] == first["total"]
        items = found["items"]
        assert isinstance(items, list)
        seen += [item["id"] for item in items]
    assert seen[: len(many)] == many[::-1]
    assert len(seen) == len(set(seen)) == first["total"]


async def test_a_cursor_holds_while_others_insert(world: World, many: list[str]) -> None:
    first = await _get(world.operator, limit=3)
    await world.project()
    following = await _get(world.operator, limit=3, cursor=str(first["next_cursor"]))
    items, then = first["items"], following["items"]
    assert isinstance(items, list)
    assert isinstance(then, list)
    assert not {item["id"] for item in items} & {item["id"] for item in then}
    assert (following["page"], following["pages"]) == (None, None)


async def test_a_page_beyond_the_end_is_empty(world: World, many: list[str]) -> None:
    found = await _get(world.operator, page=1000)
    assert (found["items"], found["next_cursor"]) == ([], None)


def _cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "\u00e9",
        _cursor([]),
        _cursor({}),
        _cursor(None),
        _cursor(["2026-01-01T00:00:00", "0199f3a0-0000-7000-8000-000000000000"]),
        _cursor(["2026-01-01T00:00:00+00:00", "x"]),
        _cursor(["0001-01-01T00:00:00+23:59", "0199f3a0-0000-7000-8000-000000000000"]),
        _cursor(["9999-12-31T23:59:59-23:59", "0199f3a0-0000-7000-8000-000000000000"]),
        _cursor([1e400, 7]),
        _cursor(["\ud800", "\ud800"]),
        base64.urlsafe_b64encode(b"[" * 100).decode(),
        "A" * 200,
    ],
)
async def test_a_tampered_cursor_is_422_or_an_empty_page(cursor: str, world: World) -> None:
    answer = await world.operator.client.get("/api/projects", params={"cursor": cursor})
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/cursor"]


@pytest.mark.parametrize(
    "query", [{"page": 0}, {"page": -1}, {"limit": 0}, {"limit": 101}, {"page": "x"}, {"limit": "1.5"}]
)
async def test_numbers_out_of_bounds_are_422(query: dict[str, str | int], world: World) -> None:
    answer = await world.operator.client.get("/api/projects", params=query)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{next(iter(query))}"]
