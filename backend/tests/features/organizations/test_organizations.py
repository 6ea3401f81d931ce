"""Organizations: unique names and domains, who is shown which, and what a suspension closes."""

import asyncio
import uuid
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.permissions import Role
from capecontrol.features.organizations.interface import create_organization, free_domain, organizations_by_id
from tests.people import PASSWORD, SYSTEM, People, Person


async def _sql(people: People, statement: str, **values: object) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text(statement), values)


async def _register(people: People, email: str, name: str) -> Response:
    body = {"email": email, "password": "Lighthouse-7", "organization_name": name}
    return await people.stranger().post("/api/auth/register", body)


async def _names(reader: Person, **query: Any) -> list[str]:
    answer = await reader.client.get("/api/orgs", params=query)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DEVELOPER])
async def test_staff_list_them_newest_first(role: Role, people: People) -> None:
    for name in ("Harbour Logistics", "Meridian", "Table Mountain Tours"):
        await people.organization(name)
    assert await _names(await people.person(role)) == ["Table Mountain Tours", "Meridian", "Harbour Logistics"]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("harbour", ["Harbour Logistics"]),
        ("LOGISTICS", ["Harbour Logistics"]),
        ("harbour-l", ["Harbour Logistics"]),
        ("100%", ["100% Coffee"]),
        ("%", []),
        ("coffee 100", ["100% Coffee"]),
        ("_", []),
        ("\\", []),
        ("nowhere", []),
    ],
)
async def test_a_search_finds_words(part: str, found: list[str], people: People) -> None:
    for name in ("Harbour Logistics", "100% Coffee"):
        await people.organization(name)
    assert await _names(await people.operator(), q=part) == found


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.USER])
@pytest.mark.parametrize("is_onboarded", [True, False])
async def test_members_are_shown_their_own(role: Role, is_onboarded: bool, people: People) -> None:
    own, other = await people.organization("Harbour Logistics"), await people.organization("Meridian")
    member = await people.person(role, own, onboarded=is_onboarded)
    shown = (await member.client.get(f"/api/orgs/{own}")).json()
    assert shown == {
        "id": str(own),
        "name": "Harbour Logistics",
        "domain": "harbour-logistics",
        "plan": "FREE",
        "status": "ACTIVE",
        "created_at": shown["created_at"],
    }
    assert (await member.client.get(f"/api/orgs/{other}")).status_code == 404
    assert (await (await people.operator()).client.get(f"/api/orgs/{other}")).json()["name"] == "Meridian"


async def test_the_scope_of_an_organization_sees_its_own_row_alone(people: People) -> None:
    own, other = await people.organization("Harbour Logistics"), await people.organization("Meridian")
    async with people.factory.unit(SYSTEM, OrganizationScope(own)) as work:
        assert (await organizations_by_id(work, [own, other, uuid.uuid4()])).keys() == {own}
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        assert (await organizations_by_id(work, [own, other, uuid.uuid4()])).keys() == {own, other}


async def test_of_registrations_of_one_name_at_once_one_counts(people: People) -> None:
    answers = await asyncio.gather(*(_register(people, f"new-{n}@people.test", "Harbour") for n in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert await _names(await people.operator()) == ["Harbour"]
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        left = await work.session.execute(text("select count(*) from users where email like 'new-%'"))
        assert left.scalar_one() == 1


async def test_a_name_that_is_taken_in_the_last_moment_is_409(people: People) -> None:
    """Another registration has looked, found the name free, and commits first."""
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await create_organization(work, org_id=uuid.uuid4(), name="Harbour", domain="another")
        late = asyncio.create_task(_register(people, "late@people.test", "harbour"))
        while not await _is_somebody_waiting(people):
            assert not late.done()
    answer = await late

    assert (answer.status_code, answer.json()["type"]) == (409, "organizations/name-taken")
    assert await _names(await people.operator()) == ["Harbour"]


async def _is_somebody_waiting(people: People) -> bool:
    async with people.factory.database.engine.begin() as connection:
        waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'"
        return bool((await connection.exec_driver_sql(waiting)).scalar_one())


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("Harbour Logistics", "harbour-logistics"),
        ("  Café — Olé! ", "cafe-ole"),
        ("港口物流", "organization"),
        ("---", "organization"),
        ("x" * 60, "x" * 48),
        ("y" * 47 + " tail", "y" * 47),
    ],
)
async def test_a_domain_is_made_of_the_name(name: str, domain: str, people: People) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        assert await free_domain(work, name) == domain


async def test_a_domain_that_is_taken_gets_a_number(people: People) -> None:
    for name in ("Harbour", "Harbour!", "Harbour Two", "Harbour?"):
        await people.organization(name)
    operator = await people.operator()
    items = (await operator.client.get("/api/orgs")).json()["items"]
    assert [item["domain"] for item in reversed(items)] == ["harbour", "harbour-2", "harbour-two", "harbour-3"]


async def test_a_suspension_closes_everything_to_members_and_ends_with_itself(people: People) -> None:
    owner, other, operator = await people.owner(), await people.owner("Meridian"), await people.operator()
    body = {"email": owner.email, "password": PASSWORD}
    await _sql(people, "update organizations set status = 'SUSPENDED' where id = :id", id=owner.org_id)

    assert (await people.stranger().post("/api/auth/login", body)).json()["type"] == "auth/organization-suspended"
    for path in ("/api/auth/me", f"/api/orgs/{owner.org_id}", "/api/projects"):
        assert (await owner.client.get(path)).status_code == 401, path
        assert (await other.client.get("/api/projects")).status_code == 200
    assert (await operator.client.get(f"/api/orgs/{owner.org_id}")).json()["status"] == "SUSPENDED"

    await _sql(people, "update organizations set status = 'ACTIVE' where id = :id", id=owner.org_id)
    assert (await people.stranger().post("/api/auth/login", body)).status_code == 200
    assert (await owner.client.get("/api/projects")).status_code == 200
