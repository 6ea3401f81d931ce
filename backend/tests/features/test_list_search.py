"""Searching a list: words and their beginnings, whatever is typed, in an index that every role uses."""

import re
import uuid

import pytest

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.lists import list_statements
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.projects.dao import PROJECT_SEARCH
from capecontrol.features.projects.models import Project
from capecontrol.local.postgres import EmbeddedPostgres
from tests.asked_statements import asked_statements, how_answered
from tests.features.billing.builders import build_invoice
from tests.features.proposals.builders import build_draft, build_sent_proposal
from tests.features.workflows.builders import build_workflow
from tests.people import SYSTEM, People, Person
from tests.security.served_lists import LISTS
from tests.security.world import World

#: Every project has the common word, one of eight the medium one, two the rare one; the first are the newest.
INSERT = """
insert into projects (id, org_id, code, title, description, status, revision, created_at, updated_at)
select gen_random_uuid(), :org_id, :code || '-' || lpad(cast(n as text), 4, '0'),
  'Restoration ' || case when n in (1, 3000) then 'Zanzibar' else 'Harbour' end
    || case when n % 8 = 0 then ' Warehouse' else '' end || ' ' || n,
  '', 'DRAFT', 1, timestamptz '2026-06-01 UTC' - n * interval '1 minute', timestamptz '2026-06-01 UTC'
from generate_series(1, 4000) as n
"""


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


@pytest.fixture
async def owner(world: World) -> Person:
    return await world.member(Role.OWNER)


async def _titles(person: Person, q: str, path: str = "/api/projects", **query: str) -> list[str]:
    answer = await person.client.get(path, params={"q": q, "limit": "100", **query})
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert (page["total"], page["pages"], page["total_capped"]) == (None, None, False)
    return [item.get("title") or item.get("name") for item in page["items"]]


async def _make(world: World, title: str) -> dict[str, str]:
    made: dict[str, str] = await world.post("/api/projects", {"org_id": str(world.own), "title": title})
    return made


@pytest.mark.parametrize(
    ("title", "found_by", "not_by"),
    [
        (
            "Harbour restoration",
            ["har", "HARBOUR", "rest harb", " restoration ", "harbour, rest!"],
            ["arbour"],
        ),
        ("Éclairage du café", ["eclairage", "ÉCLAIR", "cafe", "café", "CAFÉ"], ["clairage"]),
        ("Cape/Town T-shirts", ["cape/town", "cape-town", "town", "t-shirt", "shirts", "cape"], ["capetown", "tshirt"]),
        ("100% off_season", ["100", "100%", "off_season", "season"], ["%", "_", "eason"]),
        ("R&D for O'Brien", ["r&d", "o'brien", "brien", "o'b"], ["'", '"', "&"]),
        ("Launch 🚀 day", ["🚀", "launch 🚀"], ["🎉"]),
        ("مَرْحَبًا بالعالم", ["مرحبا", "بال"], ["حبا"]),
        ("Проект Гавань", ["Проект", "Гав"], ["роект"]),
        ("港の修復", ["港", "港の"], ["修復"]),
    ],
)
async def test_words_are_found_by_their_beginnings(
    title: str, found_by: list[str], not_by: list[str], world: World, owner: Person
) -> None:
    await _make(world, title)
    await _make(world, "Something else")
    for q in found_by:
        assert await _titles(owner, q) == [title], q
        assert await _titles(world.operator, q) == [title], q
    for q in not_by:
        assert await _titles(owner, q) == [], q


async def test_a_code_is_found_by_its_parts_and_an_id_by_itself(world: World, owner: Person) -> None:
    made = await _make(world, "Harbour")
    year, number = made["code"].split("-")[1:]
    for q in (made["code"], made["code"].lower(), f"{year}-{number}", number, f"PRJ-{year}", f"harb {number}"):
        assert await _titles(owner, q) == ["Harbour"], q
    for q in (made["id"], f" {made['id'].upper()} "):
        assert await _titles(owner, q) == ["Harbour"], q
    assert await _titles(owner, str(uuid.uuid4())) == []


async def test_what_is_renamed_is_found_by_its_new_name_only(world: World, owner: Person) -> None:
    made = await _make(world, "Harbour")
    answer = await world.operator.client.patch(f"/api/projects/{made['id']}", {"title": "Lighthouse"})
    assert answer.is_success
    assert await _titles(owner, "harbour") == []
    assert await _titles(owner, "light") == ["Lighthouse"]


@pytest.mark.parametrize(
    "q",
    ["%", "_", "'", '"', "\\", "''; --", "...", "---", "(((", "a" * 200, "é" * 200, "🎉" * 100, "\u202e", "\u0301",
     "*:&|!", " ".join(f"w{number}" for number in range(50)), "\U0010ffff", "\u00a0"],
)  # fmt: skip
async def test_whatever_is_typed_is_answered(q: str, world: World, owner: Person) -> None:
    await _make(world, "Harbour")
    for listed in LISTS.values():
        if not listed.is_searched:
            continue
        for column, person in (("OPE", world.operator), ("OWN", owner)):
            if listed.row.lets_in(column):
                answer = await person.client.get(listed.operation.path, params={"q": q})
                assert answer.status_code == 200, answer.text
                assert answer.json()["items"] == [] or column == "OPE"


async def test_at_most_eight_words_count(world: World, owner: Person) -> None:
    await _make(world, "one1 two22 three3 four44 five55 six666 seven7 eight8")
    title = "one1 two22 three3 four44 five55 six666 seven7 eight8"
    assert await _titles(owner, title) == [title]
    # Of more the longest are taken.
    assert await _titles(owner, f"{title} x") == [title]
    assert await _titles(owner, f"{title} notthere") == []


async def test_a_client_does_not_find_drafts_nor_anothers(world: World, owner: Person) -> None:
    await build_draft(world)
    await build_sent_proposal(world)
    foreign = await world.member(Role.OWNER, foreign=True)
    assert len(await _titles(world.operator, "canary", "/api/proposals")) == 2
    assert len(await _titles(owner, "canary", "/api/proposals")) == 1
    assert await _titles(foreign, "canary", "/api/proposals") == []
    assert await _titles(foreign, "canary") == []


async def test_other_lists_find_words_too(world: World, owner: Person) -> None:
    await build_workflow(world)
    await build_invoice(world)
    for person in (owner, world.operator):
        assert await _titles(person, "canary", "/api/billing/invoices")
        assert await _titles(person, "INV-", "/api/billing/invoices")
        workflows = await person.client.get("/api/workflows", params={"q": "canary"})
        assert len(workflows.json()["items"]) == 1
    assert await _titles(world.operator, "harb", "/api/orgs")
    for path, word in (("/api/workflows/templates", "flow"), ("/api/workflows/environments", "server")):
        assert await _titles(world.operator, word.upper()[:3], path)
        assert await _titles(world.operator, f"{word} nowhere", path) == []


@pytest.fixture
async def giant(world: World, postgres: EmbeddedPostgres) -> World:
    """Two organizations with more than few projects, as PostgreSQL knows them after a while."""
    for org_id, code in ((world.own, "OWN"), (world.foreign, "FOR")):
        await world.sql(INSERT, org_id=org_id, code=code)
    await world.sql("update projects set status = 'APPROVED' where title like '% Warehouse 24%'")
    postgres.run_sql("vacuum (analyze) projects, project_tokens", database="capecontrol")
    return world


SEARCHES = (
    ("zanz", "Zanzibar"),
    ("wareh rest", "Warehouse"),
    ("restoration", "Restoration"),
    ("restoration 24", " 24"),
)


@pytest.mark.parametrize("sort", ["-created_at", "title"])
async def test_what_is_found_is_the_list_without_the_rest(sort: str, giant: World, owner: Person) -> None:
    """Rare or common, page after page."""
    for q, title in SEARCHES:
        for person in (owner, giant.operator):
            query = {"sort": sort, "limit": "100"}
            wanted = []
            for page in range(1, 4):
                whole = (await person.client.get("/api/projects", params={**query, "page": str(page)})).json()["items"]
                wanted += [item["id"] for item in whole if title in item["title"]]
            found = (await person.client.get("/api/projects", params={**query, "q": q})).json()
            following = {**query, "q": q, "limit": "7"}
            seen: list[str] = []
            cursor: str | None = ""
            while cursor is not None and len(seen) < len(wanted):
                page_of = {**following, **({"cursor": cursor} if cursor else {})}
                part = (await person.client.get("/api/projects", params=page_of)).json()
                seen += [item["id"] for item in part["items"]]
                cursor = part["next_cursor"]
            both = min(len(wanted), 100)
            assert [item["id"] for item in found["items"]][:both] == wanted[:both]
            assert seen[: len(wanted)] == wanted


async def test_a_filter_holds_beside_the_words(giant: World, owner: Person) -> None:
    found = await _titles(owner, "restoration", status="APPROVED")
    assert found
    assert all(" Warehouse 24" in title for title in found)


def _is_search(statement: str) -> bool:
    return "asked_words" in statement and not statement.startswith("explain")


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan"])
@pytest.mark.parametrize("q", ["zanzibar", "warehouse", "restoration", "restoration 3999", "restoration nowhere"])
@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR])
async def test_words_are_looked_up_in_the_index_of_tokens(
    role: Role, q: str, mode: str, giant: World, factory: UnitOfWorkFactory
) -> None:
    """By a condition of the index, not by one that is asked of every row that a policy lets through."""
    person = giant.operator if role is Role.OPERATOR else await giant.member(role)
    scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")
    with asked_statements(factory) as asked:
        assert bool(await _titles(person, q)) is ("nowhere" not in q)
        # Of a last page it is asked, too, whether the search stopped early: by the same tokens.
        searches = [one for one in asked.prepared if _is_search(one[0])]
    assert searches
    for search in searches:
        async with factory.unit(SYSTEM, scope) as work:
            answered = await how_answered(work.transaction.driver, search, mode)
        plan = "\n".join(line for line in answered.splitlines() if "never executed" not in line)
        conditions = re.findall(r"Index Cond: (.*token.*)", plan)
        assert conditions, plan
        assert all(">=" in one and "<" in one for one in conditions), plan
        # Never all that there is: at most what is few, or a walk to the end of the page.
        read = [int(number) for number in re.findall(r"actual [^)]*rows=(\d+)", plan)]
        assert max(read) <= 2001, plan
        assert not re.search(r"Seq Scan on (projects|project_tokens)", plan), plan
        # What a rare word finds is asked for the others; of what is common, about a page.
        asked_of = [int(number) for number in re.findall(r"Scan[^\n]* on \w+_tokens[^\n]* loops=(\d+)\)", plan)]
        assert max(asked_of) <= 1000, plan


async def test_what_words_have_in_common_is_looked_for_so_far_and_no_farther(
    giant: World, owner: Person, factory: UnitOfWorkFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many records there are: one person's search holds up nobody."""
    monkeypatch.setattr(list_statements, "WALK", 150)
    listed = PageRead(Project, words=PROJECT_SEARCH.words)
    found = []
    async with factory.unit(SYSTEM, OrganizationScope(giant.own)) as work:
        for page in (1, 2, 100_000):
            found.append(await listed.page(work, PageQuery(page=page, limit=100), q="restoration harbour"))
        rare = await listed.page(work, PageQuery(limit=100), q="restoration nowhere")
    assert [len(one.rows) for one in found] == [100, 49, 0]
    # Who reads the last page is told that there may be more; what has a rare word was found whole.
    assert [one.search_capped for one in (*found, rare)] == [False, True, True, False]
