"""Search finds projects, proposals and invoices by name, number and id: what the reader may see, the best first."""

import re
from typing import Any

import pytest

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.db.word_search import FEW
from capecontrol.core.permissions import Role
from capecontrol.core.record_search import ROWS_MAX, RecordKind
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.search.dao import CLIENTS, STAFFS
from capecontrol.local.postgres import EmbeddedPostgres
from tests.asked_statements import asked_statements, how_answered
from tests.features.billing.builders import build_invoice
from tests.features.proposals.builders import build_draft, build_sent_proposal
from tests.people import SYSTEM, People, Person
from tests.security.world import World

#: A sort is what is left: PostgreSQL may choose it where it expects few.
NOT_IN_ORDER = "set local enable_indexscan = off; set local enable_indexonlyscan = off"


@pytest.fixture
async def world(people: People, postgres: EmbeddedPostgres) -> World:
    return await World.make(people, postgres.owner_dsn("capecontrol"))


@pytest.fixture
async def owner(world: World) -> Person:
    return await world.member(Role.OWNER)


async def _found(person: Person, q: str, **query: str) -> list[dict[str, Any]]:
    answer = await person.client.get("/api/search", params={"q": q, **query})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def _make(world: World, title: str) -> dict[str, Any]:
    return await world.post("/api/projects", {"org_id": str(world.own), "title": title})


async def test_all_kinds_are_found_by_a_word(world: World, owner: Person) -> None:
    await build_invoice(world)
    for person in (owner, world.operator):
        found = await _found(person, "canary")
        assert {one["kind"] for one in found} == {"project", "proposal", "invoice"}
        for one in found:
            assert one["organization"]["id"] == str(world.own)
            assert "" not in (one["title"], one["status"], one["updated_at"])


async def test_records_are_found_by_number_and_by_id(world: World, owner: Person) -> None:
    await build_invoice(world)
    for one in await _found(owner, "canary"):
        by_number = await _found(owner, one["code"].partition(" ")[0].lower())
        assert one["id"] in [found["id"] for found in by_number] or one["kind"] == "proposal"
        (itself,) = await _found(owner, f" {one['id'].upper()}")
        assert itself == one


async def test_a_proposal_is_told_by_its_project_and_version(world: World, owner: Person) -> None:
    await build_sent_proposal(world)
    (proposal,) = [one for one in await _found(owner, "canary") if one["kind"] == "proposal"]
    (project,) = [one for one in await _found(owner, "canary") if one["kind"] == "project"]
    assert proposal["code"] == f"{project['code']} v1"


async def test_exact_numbers_come_first_then_whole_words_then_the_newest(world: World, owner: Person) -> None:
    coded = await _make(world, "Quay")
    await _make(world, "Harbour")
    await _make(world, "Harbourside")
    await _make(world, "Harbours")
    await _make(world, coded["code"] + " and more")
    assert [one["title"] for one in await _found(owner, "harbour")] == ["Harbour", "Harbours", "Harbourside"]
    by_code = [one["title"] for one in await _found(owner, coded["code"].lower())]
    assert by_code == ["Quay", coded["code"] + " and more"]


async def test_clients_find_no_drafts_and_nothing_of_others(world: World, owner: Person) -> None:
    draft = await build_draft(world)
    foreign = await world.member(Role.OWNER, foreign=True)
    assert draft in [one["id"] for one in await _found(world.operator, "canary")]
    for q in ("canary", draft):
        assert draft not in [one["id"] for one in await _found(owner, q)]
        assert await _found(foreign, q) == []


async def test_each_kind_has_as_many_as_are_wanted(world: World, owner: Person) -> None:
    for number in range(4):
        await _make(world, f"Harbour {number}")
    assert [one["title"] for one in await _found(owner, "harbour", limit="2")] == ["Harbour 3", "Harbour 2"]
    for limit in ("0", "21"):
        assert (await owner.client.get("/api/search", params={"q": "x", "limit": limit})).status_code == 422
    assert (await owner.client.get("/api/search")).status_code == 422


@pytest.fixture
async def many(world: World, postgres: EmbeddedPostgres) -> int:
    """More projects with one word than are few, as PostgreSQL knows them after a while."""
    number = FEW + 10
    await world.sql(
        "insert into projects (id, org_id, code, title, description, status, revision, created_at, updated_at) "
        "select gen_random_uuid(), :org_id, 'M-' || n, 'Restoration ' || n, '', 'DRAFT', 1, "
        "now() + n * interval '1 second', now() from generate_series(1, cast(:count as int)) as n",
        org_id=world.own,
        count=number,
    )
    postgres.run_sql("vacuum (analyze) projects, project_tokens", database="capecontrol")
    return number


async def test_what_many_have_is_the_newest_of_it(many: int, world: World, owner: Person) -> None:
    for person in (owner, world.operator):
        newest = [f"Restoration {many - number}" for number in range(8)]
        assert [one["title"] for one in await _found(person, "resto")] == newest
        assert [one["title"] for one in await _found(person, f"m-{FEW}")] == [f"Restoration {FEW}"]


async def test_what_a_client_is_not_shown_takes_no_place_among_what_many_have(
    many: int, world: World, owner: Person
) -> None:
    await world.sql(
        "insert into proposals (id, org_id, project_id, version, status, title, summary, terms, line_items, currency, "
        "tax_inclusive, tax_rule, subtotal, tax, total, revision, content_hash, sent_at, valid_until, created_at, "
        "updated_at) select gen_random_uuid(), org_id, projects.id, 1, "
        "case when n > :sent then 'DRAFT' else 'SENT' end, 'Estimate ' || n, '', '', '[]', 'ZAR', false, '', "
        "0, 0, 0, 1, 'x', now(), now(), created_at, now() "
        "from generate_series(1, cast(:many as int)) as n join projects on code = 'M-' || n",
        many=many,
        # The newest are drafts: more than are looked at of each kind.
        sent=many - ROWS_MAX - 1,
    )
    shown = [f"Estimate {many - ROWS_MAX - 1 - number}" for number in range(8)]
    assert [one["title"] for one in await _found(owner, "estimate")] == shown
    drafts = [f"Estimate {many - number}" for number in range(8)]
    assert [one["title"] for one in await _found(world.operator, "estimate")] == drafts


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan"])
@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR])
async def test_few_are_asked_for_their_words(
    role: Role, mode: str, many: int, world: World, factory: UnitOfWorkFactory
) -> None:
    """However records are read: planned for anybody, PostgreSQL takes a large organization for one of a few dozen."""
    person = world.operator if role is Role.OPERATOR else await world.member(role)
    scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")
    with asked_statements(factory) as asked:
        assert len(await _found(person, "restoration")) == 8
        (search,) = [one for one in asked.prepared if "longest_word" in one[0]]
    async with factory.unit(SYSTEM, scope) as work:
        await work.transaction.driver.execute(NOT_IN_ORDER)
        plan = await how_answered(work.transaction.driver, search, mode)
    asked_of = [int(number) for number in re.findall(r"Scan[^\n]* on \w+_tokens[^\n]* loops=(\d+)\)", plan)]
    assert 8 <= max(asked_of) <= 100 < many, plan


@pytest.mark.parametrize("q", ["%", "'", "...", "a" * 200, "🎉", "\u202e", "()*:&|!", "w " * 50])
async def test_whatever_is_typed_is_answered(q: str, world: World, owner: Person) -> None:
    await _make(world, "Harbour")
    assert await _found(owner, q) == []


async def test_one_statement_finds_all_kinds(world: World, owner: Person, factory: UnitOfWorkFactory) -> None:
    await build_invoice(world)
    with asked_statements(factory) as asked:
        assert await _found(owner, "canary")
    assert len([text for text in asked.texts if "_tokens" in text]) == 1


def test_each_kind_is_looked_for_by_staff_and_by_clients() -> None:
    for searches in (STAFFS, CLIENTS):
        assert [search.kind for search in searches] == list(RecordKind)
