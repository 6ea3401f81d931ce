"""The own account: its name and time zone, changed by whoever it belongs to."""

from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import MEMBERS, Role
from tests.people import SYSTEM, People, Person


async def _edit(person: Person, **members: Any) -> Any:
    return await person.client.patch("/api/auth/me", members)


async def _me(person: Person) -> Any:
    return (await person.client.get("/api/auth/me")).json()


async def _acts(people: People) -> list[dict[str, Any]]:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        rows = await work.session.execute(
            text("select actor_id, resource_id, metadata from audit_events where action = 'user.updated' order by id")
        )
        return [dict(row) for row in rows.mappings()]


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_changes_their_own_name_and_time_zone(role: Role, people: People) -> None:
    person = await people.person(role, await people.organization() if role in MEMBERS else None)
    other = await people.person(role, person.org_id)
    theirs = await _me(other)

    answer = await _edit(person, full_name="Thandi Nkosi", timezone="Europe/Amsterdam")

    assert answer.status_code == 200
    told = await _me(person)
    assert answer.json() == told
    assert (told["full_name"], told["profile"]) == ("Thandi Nkosi", {"timezone": "Europe/Amsterdam"})
    assert await _me(other) == theirs


async def test_until_a_choice_is_made_the_onboardings_time_zone_counts(people: People) -> None:
    owner, operator = await people.owner(), await people.operator()
    assert (await _me(owner))["profile"]["timezone"] == "Africa/Johannesburg"
    assert (await _me(operator))["profile"]["timezone"] is None

    assert (await _edit(owner, full_name="Thandi Nkosi")).json()["profile"]["timezone"] == "Africa/Johannesburg"
    await owner.client.patch("/api/onboarding/profile", {"timezone": "Africa/Windhoek"})
    assert (await _me(owner))["profile"]["timezone"] == "Africa/Windhoek"

    await _edit(owner, timezone="Europe/Amsterdam")
    await owner.client.patch("/api/onboarding/profile", {"timezone": "Africa/Lagos"})
    assert (await _me(owner))["profile"]["timezone"] == "Europe/Amsterdam"


async def test_it_is_open_before_the_onboarding_is_done(people: People) -> None:
    newcomer = await people.person(Role.OWNER, await people.organization(), onboarded=False)
    assert (await _edit(newcomer, full_name="Thandi Nkosi")).status_code == 200


async def test_the_audit_log_tells_what_changed_and_the_names(people: People) -> None:
    owner = await people.owner()
    again = {"full_name": "Thandi Nkosi", "timezone": "Europe/Amsterdam"}
    for members in ({"full_name": "  Thandi Nkosi "}, {"timezone": "Europe/Amsterdam"}, again, {}):
        assert (await _edit(owner, **members)).status_code == 200

    told = [act["metadata"] for act in await _acts(people)]
    assert told == [
        {"changed": ["full_name"], "full_name": {"from": "Owner", "to": "Thandi Nkosi"}},
        {"changed": ["timezone"]},
    ]
    assert {(act["actor_id"], act["resource_id"]) for act in await _acts(people)} == {(str(owner.id), str(owner.id))}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("full_name", None),
        ("full_name", ""),
        ("full_name", "   "),
        ("full_name", "x" * 121),
        ("full_name", "Thandi\x00Nkosi"),
        ("full_name", "Thandi\nNkosi"),
        ("full_name", 7),
        ("timezone", None),
        ("timezone", ""),
        ("timezone", "Africa/Nowhere"),
        ("timezone", "africa/johannesburg"),
        ("timezone", "localtime"),
        ("timezone", "Factory"),
        ("timezone", "../../etc/passwd"),
        ("timezone", "Africa/Johannesburg\x00"),
        ("email", "somebody@else.test"),
        ("role", "OPERATOR"),
        ("org_id", None),
    ],
)
async def test_what_does_not_fit_is_422_by_its_pointer_and_changes_nothing(
    member: str, value: Any, people: People
) -> None:
    owner = await people.owner()
    before = await _me(owner)
    answer = await _edit(owner, **{"full_name": "Thandi Nkosi", "timezone": "Europe/Amsterdam", member: value})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{member}"]
    assert await _me(owner) == before


async def test_what_is_done_afterwards_is_told_under_the_new_name(people: People) -> None:
    operator, org_id = await people.operator(), await people.organization()
    await _edit(operator, full_name="Naledi Dlamini")
    made = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    (entry,) = (await operator.client.get(f"/api/projects/{made.json()['id']}/activity")).json()["items"]
    assert entry["actor"] == "Naledi Dlamini"
