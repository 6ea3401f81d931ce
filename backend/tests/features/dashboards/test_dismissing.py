"""What came to nothing asks for attention until somebody goes on with it or dismisses it, each side for itself."""

from datetime import timedelta
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.agency import Agency
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People, Person

SWEEP = "proposals.expire"
VALID = timedelta(minutes=10)


@pytest.fixture
async def agency(people: People) -> Agency:
    return await Agency.open(people)


async def expired(agency: Agency, clock: MovingClock, drain: Drain) -> dict[str, Any]:
    """Return a proposal that nobody answered in time."""
    sent = await agency.sent(valid_until=(clock.now() + VALID).isoformat())
    clock.advance(VALID)
    await drain.slot(SWEEP)
    return await agency.read(sent["id"])


async def needs(person: Person) -> list[tuple[str, str | None]]:
    return [(need["kind"], need["dismissible_id"]) for need in (await dashboard(person))["needs_you"]]


async def dismiss(person: Person, proposal_id: str) -> Any:
    return await person.client.post(f"/api/proposals/{proposal_id}/dismiss")


async def test_an_expiry_asks_both_sides_and_each_dismisses_for_itself(
    agency: Agency, clock: MovingClock, drain: Drain
) -> None:
    proposal = await expired(agency, clock, drain)
    entry = ("PROPOSAL_EXPIRED", proposal["id"])
    assert (await needs(agency.operator), await needs(agency.owner)) == ([entry], [entry])
    [need] = (await dashboard(agency.owner))["needs_you"]
    assert need["reason"].startswith(f"{proposal['project_code']} v1 expired on ")
    assert need["reason"].endswith(". Contact Northstar Automation if you would still like to go ahead.")
    assert need["link"] == f"/proposals/{proposal['id']}"

    answer = await dismiss(agency.owner, proposal["id"])

    assert (answer.status_code, answer.json()["revision"]) == (200, proposal["revision"])
    assert (await needs(agency.operator), await needs(agency.owner)) == ([entry], [])
    assert (await dismiss(agency.operator, proposal["id"])).status_code == 200
    assert await needs(agency.operator) == []


async def test_a_client_is_not_asked_any_more_once_another_version_is_there(
    agency: Agency, clock: MovingClock, drain: Drain
) -> None:
    proposal = await expired(agency, clock, drain)
    draft = await agency.draft(proposal["project_id"])
    assert [kind for kind, _ in await needs(agency.owner)] == ["PROPOSAL_EXPIRED"], "a draft is not theirs to see"

    await agency.send(draft["id"])

    assert [kind for kind, _ in await needs(agency.owner)] == ["PROPOSAL_TO_DECIDE"]


async def test_a_client_is_not_asked_about_an_archived_project(
    agency: Agency, clock: MovingClock, drain: Drain
) -> None:
    proposal = await expired(agency, clock, drain)
    step = {"status": "ARCHIVED", "override": True, "reason": "The client went elsewhere"}
    await agency.operator.client.post(f"/api/projects/{proposal['project_id']}/status", step)

    assert await needs(agency.owner) == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.USER])
async def test_who_could_not_dismiss_it_is_not_asked(
    role: Role, agency: Agency, people: People, clock: MovingClock, drain: Drain
) -> None:
    await expired(agency, clock, drain)

    assert await needs(await people.person(role, agency.org_id)) == []


@pytest.mark.parametrize(
    ("step", "body", "kind"),
    [
        ("decline", {}, "PROPOSAL_DECLINED"),
        ("request-changes", {"message": "Two phases"}, "CHANGES_REQUESTED"),
    ],
)
async def test_staff_dismiss_what_the_client_refused_and_the_client_has_nothing_to_dismiss(
    step: str, body: dict[str, str], kind: str, agency: Agency
) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)
    assert (await needs(agency.operator), await needs(agency.owner)) == ([(kind, sent["id"])], [])

    refused = await dismiss(agency.owner, sent["id"])
    assert (refused.status_code, refused.json()["type"]) == (409, "proposals/wrong-state")
    assert (await dismiss(agency.operator, sent["id"])).status_code == 200

    assert await needs(agency.operator) == []
    assert (await dashboard(agency.operator))["activity"][0]["title"] == "Follow-up on proposal v1 dismissed"
    assert "dismissed" not in str((await dashboard(agency.owner))["activity"])


async def test_what_still_awaits_a_decision_is_not_dismissed(agency: Agency) -> None:
    sent = await agency.sent()
    for person in (agency.operator, agency.owner):
        refused = await dismiss(person, sent["id"])
        assert (refused.status_code, refused.json()["type"]) == (409, "proposals/wrong-state")


async def test_dismissing_twice_is_recorded_once(agency: Agency) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline", {})
    for _ in range(2):
        assert (await dismiss(agency.operator, sent["id"])).status_code == 200

    activity = (await agency.operator.client.get(f"/api/projects/{sent['project_id']}/activity")).json()["items"]
    assert [entry["action"] for entry in activity].count("proposal.dismissed") == 1


async def test_each_side_takes_its_own_dismissal_back_and_no_other(
    agency: Agency, clock: MovingClock, drain: Drain
) -> None:
    proposal = await expired(agency, clock, drain)
    entry = ("PROPOSAL_EXPIRED", proposal["id"])
    for person in (agency.owner, agency.operator):
        await dismiss(person, proposal["id"])
    path = f"/api/proposals/{proposal['id']}/dismiss"

    for _ in range(2):
        answer = await agency.owner.client.delete(path)
        assert (answer.status_code, answer.json()["revision"]) == (200, proposal["revision"])

    assert (await needs(agency.owner), await needs(agency.operator)) == ([entry], [])
    assert (await agency.operator.client.delete(path)).status_code == 200
    assert await needs(agency.operator) == [entry]
    activity = (await agency.operator.client.get(f"/api/projects/{proposal['project_id']}/activity")).json()["items"]
    assert [one["action"] for one in activity].count("proposal.dismissal_undone") == 2, "one for each side"
