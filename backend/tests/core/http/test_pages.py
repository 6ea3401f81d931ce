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


async def _forged(person: Person, values: list[object], **query: str) -> str:
    """A cursor of the list that is asked for, with other values in it."""
    given = str((await _get(person, limit=1, **query))["next_cursor"])
    sort, _, identifier, asked = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    return _cursor([sort, values, identifier, asked])


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "\u00e9",
        _cursor([]),
        _cursor({}),
        _cursor(None),
        # As releases without other orders gave them.
        _cursor(["2026-01-01T00:00:00+00:00", "0199f3a0-0000-7000-8000-000000000000"]),
        _cursor(["-created_at", ["2026-01-01T00:00:00+00:00"], "x", ""]),
        _cursor(["-created_at", "2026-01-01T00:00:00+00:00", "0199f3a0-0000-7000-8000-000000000000", ""]),
        _cursor(["-created_at", [None], "0199f3a0-0000-7000-8000-000000000000", ""]),
        _cursor(["-created_at", [True], "0199f3a0-0000-7000-8000-000000000000", ""]),
        _cursor([1e400, 7]),
        _cursor(["-created_at", [], 7, ""]),
        _cursor(["\ud800", "\ud800"]),
        base64.urlsafe_b64encode(b"[" * 100).decode(),
        "A" * 200,
    ],
)
async def test_what_is_no_cursor_of_ours_is_422(cursor: str, operator: Person) -> None:
    await _is_refused(operator, cursor=cursor)


async def _is_refused(person: Person, **query: str) -> None:
    answer = await person.client.get("/api/projects", params=query)
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/cursor"]


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("-created_at", []),
        ("-created_at", ["2026-01-01T00:00:00+00:00", "more"]),
        ("-created_at", [7]),
        ("-created_at", ["2026-01-01T00:00:00"]),
        ("-created_at", ["0001-01-01T00:00:00+23:59"]),
        ("-created_at", ["9999-12-31T23:59:59-23:59"]),
        ("title", [7]),
        ("title", ["a\0b"]),
        ("title", ["\ud800"]),
    ],
)
async def test_values_that_the_order_does_not_have_are_422(
    sort: str, values: list[object], seven: list[str], operator: Person
) -> None:
    await _is_refused(operator, sort=sort, cursor=await _forged(operator, values, sort=sort))


async def test_a_cursor_that_somebody_made_up_finds_what_is_older(seven: list[str], operator: Person) -> None:
    for moment, found in (("2001-01-01T00:00:00+00:00", []), ("2999-01-01T00:00:00+00:00", seven[::-1])):
        assert _ids(await _get(operator, cursor=await _forged(operator, [moment]))) == found


async def test_a_cursor_is_of_one_organization(operator: Person, people: People) -> None:
    mine, theirs = await people.owner(), await people.owner("Meridian")
    for number in range(2):
        await _make(operator, str(mine.org_id), str(number))
        await _make(operator, str(theirs.org_id), str(number))
    cursor = str((await _get(mine, limit=1))["next_cursor"])
    assert _ids(await _get(mine, cursor=cursor))
    await _is_refused(theirs, cursor=cursor)
    await _is_refused(operator, cursor=cursor)


@pytest.mark.parametrize(
    "other",
    [{"sort": "created_at"}, {"sort": "-title"}, {"status": "DRAFT"}, {"from": "2020-01-01T00:00:00Z"}, {"q": "1"}],
)
async def test_a_cursor_is_of_one_order_and_filter(other: dict[str, str], seven: list[str], operator: Person) -> None:
    await _is_refused(operator, **other, cursor=str((await _get(operator, limit=1))["next_cursor"]))


async def test_what_is_no_part_of_a_list_may_change_with_a_cursor(seven: list[str], operator: Person) -> None:
    cursor = str((await _get(operator, limit=2, sort="-created_at"))["next_cursor"])
    found = await _get(operator, limit=3, total="false", cursor=cursor)
    assert (_ids(found), found["total"], found["pages"]) == (seven[4:1:-1], None, None)


async def test_a_list_without_its_total(seven: list[str], operator: Person) -> None:
    found = await _get(operator, limit=3, page=2, total="false")
    assert _ids(found) == seven[3:0:-1]
    assert (found["page"], found["pages"], found["total"], found["total_capped"]) == (2, None, None, False)
    assert found["next_cursor"] is not None


@pytest.mark.parametrize("sort", ["", "id", "+title", "--title", "title ", "description", "TITLE", "title,code"])
async def test_an_order_that_a_list_has_not_is_422_and_names_those_that_it_has(sort: str, operator: Person) -> None:
    answer = await operator.client.get("/api/projects", params={"sort": sort})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/sort"
    assert error["detail"] == (
        "Use one of: -created_at, created_at, -updated_at, updated_at, -code, code, -title, title."
    )


@pytest.mark.parametrize(
    "query", [{"page": 0}, {"page": -1}, {"limit": 0}, {"limit": 101}, {"page": "x"}, {"limit": "1.5"}]
)
async def test_numbers_out_of_bounds_are_422(query: dict[str, str | int], operator: Person) -> None:
    answer = await operator.client.get("/api/projects", params=query)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{next(iter(query))}"]


@pytest.mark.parametrize(
    ("query", "pointer", "sentence"),
    [
        ("cursor=", "/cursor", "Use the next_cursor of the previous page, or leave it out to start again."),
        ("cursor={cursor}&page=2", "/page", "Leave this out when you send a cursor."),
        ("status=DRAFT&status=PROPOSED", "/status", "Send one value."),
        ("limit=1&limit=2", "/limit", "Send one value."),
    ],
)
async def test_nothing_that_is_sent_is_passed_over(
    query: str, pointer: str, sentence: str, seven: list[str], operator: Person
) -> None:
    cursor = (await _get(operator, limit=3))["next_cursor"]
    answer = await operator.client.get(f"/api/projects?{query.format(cursor=cursor)}")
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"pointer": pointer, "detail": sentence}])


async def test_a_file_takes_each_filter_once(operator: Person) -> None:
    answer = await operator.client.get("/api/projects/export.csv?status=DRAFT&status=PROPOSED")
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, ["/status"])
