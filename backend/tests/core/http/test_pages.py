"""Lists: pages, cursors that hold under inserts, and cursors that somebody tampered with."""

import base64
import json

import pytest

from tests.people import People, Person


@pytest.fixture
async def operator(people: People) -> Person:
    return await people.operator()


@pytest.fixture
async def seven(people: People, operator: Person) -> list[str]:
    """Projects, oldest first; there are no others."""
    org_id = str(await people.organization())
    return [await _make(operator, org_id, str(number)) for number in range(7)]


async def _make(operator: Person, org_id: str, title: str) -> str:
    answer = await operator.client.post("/api/projects", {"org_id": org_id, "title": title})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _get(person: Person, **query: str | int) -> dict[str, object]:
    answer = await person.client.get("/api/projects", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _ids(found: dict[str, object]) -> list[str]:
    items = found["items"]
    assert isinstance(items, list)
    return [item["id"] for item in items]


async def test_pages_hold_everything_once(seven: list[str], operator: Person) -> None:
    pages = [await _get(operator, limit=3, page=number) for number in (1, 2, 3)]
    assert [one for page in pages for one in _ids(page)] == seven[::-1]
    assert [(page["page"], page["pages"], page["total"]) for page in pages] == [(1, 3, 7), (2, 3, 7), (3, 3, 7)]


async def test_a_cursor_holds_while_others_insert(seven: list[str], operator: Person, people: People) -> None:
    first = await _get(operator, limit=3)
    await _make(operator, str(await people.organization("Meridian")), "later")
    following = await _get(operator, limit=3, cursor=str(first["next_cursor"]))
    last = await _get(operator, limit=3, cursor=str(following["next_cursor"]))
    assert [_ids(page) for page in (first, following, last)] == [seven[:3:-1], seven[3:0:-1], seven[:1]]
    assert (following["page"], following["pages"], last["next_cursor"]) == (None, None, None)


async def test_a_page_beyond_the_end_is_empty(seven: list[str], operator: Person) -> None:
    found = await _get(operator, page=1000)
    assert (found["items"], found["next_cursor"], found["total"]) == ([], None, 7)


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
async def test_what_is_no_cursor_of_ours_is_422(cursor: str, operator: Person) -> None:
    answer = await operator.client.get("/api/projects", params={"cursor": cursor})
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/cursor"]


async def test_a_cursor_that_somebody_made_up_finds_what_is_older(seven: list[str], operator: Person) -> None:
    for moment, found in (("2001-01-01T00:00:00+00:00", []), ("2999-01-01T00:00:00+00:00", seven[::-1])):
        cursor = _cursor([moment, "0199f3a0-0000-7000-8000-000000000000"])
        assert _ids(await _get(operator, cursor=cursor)) == found


async def test_anothers_cursor_shows_nothing_of_theirs(seven: list[str], operator: Person, people: People) -> None:
    cursor = (await _get(operator, limit=1))["next_cursor"]
    assert _ids(await _get(await people.owner("Meridian"), cursor=str(cursor))) == []


@pytest.mark.parametrize(
    "query", [{"page": 0}, {"page": -1}, {"limit": 0}, {"limit": 101}, {"page": "x"}, {"limit": "1.5"}]
)
async def test_numbers_out_of_bounds_are_422(query: dict[str, str | int], operator: Person) -> None:
    answer = await operator.client.get("/api/projects", params=query)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{next(iter(query))}"]
