"""The four steps in their order, the profile that one of them needs, and what stays closed until the last."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from httpx import Response

from capecontrol.core.permissions import Role
from tests.moving_clock import MovingClock
from tests.people import People, Person

STEPS = ("welcome", "profile", "checklist", "guide")
ZONE = "Africa/Johannesburg"


@pytest.fixture
async def client(people: People) -> Person:
    """An owner who has just signed in for the first time."""
    return await people.person(Role.OWNER, await people.organization(), onboarded=False)


async def _progress(person: Person) -> dict[str, Any]:
    answer = await person.client.get("/api/onboarding")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _complete(person: Person, step: str) -> Response:
    return await person.client.post(f"/api/onboarding/steps/{step}/complete")


async def _fill_in(person: Person, **members: Any) -> Response:
    return await person.client.patch("/api/onboarding/profile", members)


async def _take(person: Person, *steps: str) -> None:
    for step in steps:
        if step == "profile":
            assert (await _fill_in(person, timezone=ZONE)).status_code == 200
        answer = await _complete(person, step)
        assert answer.status_code == 200, answer.text


async def _events(people: People) -> list[str]:
    auditor = await people.person(Role.AUDITOR)
    items = (await auditor.client.get("/api/audit", params={"limit": 100})).json()["items"]
    return [item["action"] for item in reversed(items) if item["action"].startswith("onboarding.")]


async def test_it_begins_with_nothing(client: Person) -> None:
    assert await _progress(client) == {
        "completed": False,
        "next": "welcome",
        "steps": [{"name": step, "completed_at": None} for step in STEPS],
        "profile": {"job_title": None, "timezone": None, "goals": None},
    }


async def test_the_steps_lead_into_the_application(client: Person, people: People, clock: MovingClock) -> None:
    for step, following in pairwise((*STEPS, None)):
        assert (await client.client.get("/api/projects")).json()["type"] == "onboarding/required"
        assert (await _progress(client))["next"] == step
        await _take(client, str(step))
        clock.advance(timedelta(minutes=1))
        progress = await _progress(client)
        assert (progress["next"], progress["completed"]) == (following, following is None)

    assert (await client.client.get("/api/projects")).status_code == 200
    taken = [step["completed_at"] for step in progress["steps"]]
    told = (await client.client.get("/api/auth/me")).json()["onboarding"]
    assert told == {"completed": True, "steps": progress["steps"]}
    assert taken == sorted(set(taken))
    assert await _events(people) == [
        "onboarding.step_completed", "onboarding.profile_updated", *["onboarding.step_completed"] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize("taken", range(4))
async def test_another_step_than_the_one_that_is_due_is_409(taken: int, client: Person) -> None:
    await _take(client, *STEPS[:taken])
    for step in STEPS[taken + 1 :]:
        answer = await _complete(client, step)
        assert (answer.status_code, answer.json()["type"]) == (409, "onboarding/step-out-of-order")
        assert answer.json()["allowed"] == [STEPS[taken]]
    assert (await _progress(client))["next"] == STEPS[taken]


async def test_the_profile_step_needs_a_time_zone(client: Person) -> None:
    await _take(client, "welcome")
    assert (await _fill_in(client, job_title="Head of logistics")).status_code == 200

    answer = await _complete(client, "profile")

    assert (answer.status_code, answer.json()["type"]) == (409, "onboarding/profile-incomplete")
    await _take(client, "profile")
    assert (await _progress(client))["profile"] == {"job_title": "Head of logistics", "timezone": ZONE, "goals": None}


async def test_taking_a_step_again_changes_nothing(client: Person, people: People, clock: MovingClock) -> None:
    await _take(client, *STEPS)
    before, events = await _progress(client), await _events(people)
    clock.advance(timedelta(hours=1))
    for step in STEPS:
        assert (await _complete(client, step)).json() == before
    assert await _events(people) == events
    # A profile may change at any time; what is done stays done.
    assert (await _fill_in(client, goals="Fewer e-mails")).json()["completed"] is True
    assert (await _progress(client))["steps"] == before["steps"]


@pytest.mark.parametrize("taken", range(4))
async def test_of_clicks_at_once_one_counts(taken: int, client: Person, people: People) -> None:
    await _take(client, *STEPS[:taken])
    await _fill_in(client, timezone=ZONE)
    events = await _events(people)

    answers = await asyncio.gather(*(_complete(client, STEPS[taken]) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert await _events(people) == [*events, "onboarding.step_completed"]


async def test_a_member_that_is_left_out_stays(client: Person) -> None:
    await _fill_in(client, job_title="Head of logistics", timezone=ZONE, goals="Fewer e-mails")
    assert (await _fill_in(client, goals="None at all")).json()["profile"] == {
        "job_title": "Head of logistics",
        "timezone": ZONE,
        "goals": "None at all",
    }


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("timezone", "Africa/Nowhere"),
        ("timezone", "africa/johannesburg"),
        ("timezone", ""),
        ("timezone", "../../etc/passwd"),
        ("timezone", 7),
        ("job_title", "x" * 121),
        ("job_title", "two\nlines"),
        ("goals", "x" * 2001),
        ("goals", "a\x00b"),
        ("completed_at", "2026-01-01T00:00:00Z"),
    ],
)
async def test_what_does_not_fit_the_profile_is_422(member: str, value: Any, client: Person) -> None:
    answer = await _fill_in(client, **{"job_title": "Head of logistics", member: value})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{member}"]
    assert (await _progress(client))["profile"]["job_title"] is None


async def test_each_person_has_an_onboarding_of_their_own(client: Person, people: People) -> None:
    colleague = await people.person(Role.USER, client.org_id, onboarded=False)
    await _take(client, *STEPS)
    assert (await _progress(colleague))["next"] == "welcome"
    assert (await _progress(colleague))["profile"]["timezone"] is None
    assert (await colleague.client.get("/api/projects")).json()["type"] == "onboarding/required"


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.USER])
async def test_until_the_end_only_the_account_and_the_own_organization_are_open(role: Role, people: People) -> None:
    person = await people.person(role, await people.organization(), onboarded=False)
    for path in ("/api/auth/me", "/api/onboarding", f"/api/orgs/{person.org_id}"):
        assert (await person.client.get(path)).status_code == 200, path
    for path in ("/api/projects", "/api/proposals", "/api/billing/invoices", "/api/workflows", "/api/dashboard"):
        answer = await person.client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (403, "onboarding/required"), path
    assert (await person.client.post("/api/auth/logout")).status_code == 200


async def test_staff_have_none(people: People) -> None:
    operator = await people.operator()
    assert (await operator.client.get("/api/onboarding")).status_code == 403
    assert (await operator.client.get("/api/projects")).status_code == 200


async def test_two_tabs_do_not_write_over_each_other(client: Person) -> None:
    seen = (await client.client.get("/api/onboarding")).headers["etag"]
    first, second = [
        await client.client.patch("/api/onboarding/profile", {"goals": goals}, headers={"If-Match": seen})
        for goals in ("Fewer errors", "More time")
    ]
    assert (first.status_code, second.status_code) == (200, 412)
    assert (await _progress(client))["profile"]["goals"] == "Fewer errors"
