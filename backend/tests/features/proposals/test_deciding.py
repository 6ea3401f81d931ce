"""Proposals over HTTP: sent and decided; of many decisions one counts."""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from tests.features.proposals.agency import Agency
from tests.moving_clock import MovingClock
from tests.people import People


async def test_sending_locks_and_moves_the_project(agency: Agency) -> None:
    draft = await agency.draft()

    sent = await agency.send(draft["id"])

    assert (sent["status"], sent["total"]) == ("SENT", draft["total"])
    assert len(sent["content_hash"]) == 64
    assert sent["valid_until"].endswith("21:59:59Z")
    assert await agency.project_status(sent["project_id"]) == "PROPOSED"
    again = await agency.operator.client.post(f"/api/proposals/{sent['id']}/send")
    assert (again.status_code, again.json()["type"]) == (409, "proposals/wrong-state")
    assert again.json()["allowed"] == ["APPROVED", "CHANGES_REQUESTED", "DECLINED", "EXPIRED"]


async def test_nothing_to_pay_is_not_sent(agency: Agency) -> None:
    free = {"description": "Free", "quantity": 1, "unit_price": {"amount": 0, "currency": "ZAR"}, "tax_rate": "15"}
    draft = await agency.draft(line_items=[free])

    answer = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")

    assert (answer.status_code, answer.json()["type"]) == (409, "proposals/nothing-to-pay")
    assert await agency.project_status(draft["project_id"]) == "DRAFT"


async def test_what_is_past_its_date_is_not_sent(agency: Agency, clock: MovingClock) -> None:
    draft = await agency.draft(valid_until=(clock.now() + timedelta(minutes=10)).isoformat())
    clock.advance(timedelta(minutes=11))

    answer = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")

    assert (answer.status_code, answer.json()["type"]) == (409, "proposals/expired")


async def test_the_owner_approves_what_it_read(agency: Agency) -> None:
    sent = await agency.sent()
    path = f"/api/proposals/{sent['id']}/approve"

    other = await agency.owner.client.post(path, {"content_hash": "0" * 64})
    assert (other.status_code, other.json()["type"]) == (409, "proposals/content-changed")
    answer = await agency.owner.client.post(path, {"content_hash": sent["content_hash"], "name": "Thandi Mokoena"})

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["status"], body["decided_name"], body["next_statuses"]) == ("APPROVED", "Thandi Mokoena", [])
    assert await agency.project_status(sent["project_id"]) == "APPROVED"
    again = await agency.owner.client.post(path)
    assert (again.status_code, again.json()["allowed"]) == (409, [])


@pytest.mark.parametrize(
    ("step", "body"), [("approve", {"name": "T. N."}), ("decline", {}), ("request-changes", {"message": "Two phases"})]
)
async def test_who_decided_is_told_by_name_and_stays_when_the_name_changes(
    agency: Agency, step: str, body: dict[str, Any]
) -> None:
    sent = await agency.sent()
    assert (await agency.read(sent["id"]))["decided_by_name"] is None
    name = (await agency.owner.client.get("/api/auth/me")).json()["full_name"]

    await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)
    await agency.owner.client.patch("/api/auth/me", {"full_name": "Somebody Else"})

    decided = await agency.read(sent["id"])
    assert (decided["decided_by_name"], decided["decided_name"]) == (name, body.get("name"))


async def test_an_approval_needs_no_body(agency: Agency) -> None:
    sent = await agency.sent()

    assert (await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")).status_code == 200


async def test_a_no_closes_the_proposal_and_not_the_project(agency: Agency) -> None:
    sent = await agency.sent()

    answer = await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline", {"reason": "Too expensive"})

    assert (answer.json()["status"], answer.json()["decision_note"]) == ("DECLINED", "Too expensive")
    assert (await agency.draft(sent["project_id"]))["version"] == 2


async def test_changes_make_the_next_version(agency: Agency, people: People) -> None:
    administrator = await people.person(Role.ADMINISTRATOR, agency.org_id)
    sent = await agency.sent()

    asked = await administrator.client.post(
        f"/api/proposals/{sent['id']}/request-changes", {"message": "Split it into two phases"}
    )

    assert asked.status_code == 200, asked.text
    following = await agency.read(asked.json()["next_id"])
    assert (following["version"], following["status"], following["valid_until"]) == (2, "DRAFT", None)
    assert following["line_items"] == sent["line_items"]
    first = await agency.read(sent["id"])
    assert (first["status"], first["decision_note"]) == ("CHANGES_REQUESTED", "Split it into two phases")
    assert (await agency.owner.client.get(f"/api/proposals/{following['id']}")).status_code == 404
    assert (await agency.try_draft(sent["project_id"])).status_code == 409

    await agency.send(following["id"])

    assert (await agency.read(sent["id"]))["status"] == "SUPERSEDED"
    versions = (await agency.owner.client.get(f"/api/proposals/{sent['id']}/versions")).json()["items"]
    assert [(v["version"], v["status"]) for v in versions] == [(2, "SENT"), (1, "SUPERSEDED")]
    late = await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")
    assert (late.status_code, late.json()["type"]) == (409, "proposals/wrong-state")


@pytest.mark.parametrize(
    ("role", "step", "status"),
    [
        (Role.ADMINISTRATOR, "approve", 403),
        (Role.ADMINISTRATOR, "decline", 403),
        (Role.ADMINISTRATOR, "send", 403),
        (Role.USER, "approve", 403),
        (Role.USER, "decline", 403),
        (Role.USER, "request-changes", 403),
        (Role.OWNER, "send", 403),
    ],
)
async def test_a_role_that_is_too_low(agency: Agency, people: People, role: Role, step: str, status: int) -> None:
    sent = await agency.sent()
    person = await people.person(role, agency.org_id)

    answer = await person.client.post(f"/api/proposals/{sent['id']}/{step}", {"message": "x"})

    assert answer.status_code == status
    assert (await agency.read(sent["id"]))["status"] == "SENT"


async def test_staff_decide_nothing_for_a_client(agency: Agency) -> None:
    sent = await agency.sent()

    for step in ("approve", "decline", "request-changes"):
        answer = await agency.operator.client.post(f"/api/proposals/{sent['id']}/{step}", {"message": "x"})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("step", "body"), [("approve", None), ("decline", None), ("request-changes", {"message": "x"})]
)
async def test_anothers_proposal_is_not_there_to_decide(
    agency: Agency, people: People, step: str, body: dict[str, Any] | None
) -> None:
    sent, stranger = await agency.sent(), await people.owner("Other")

    answers = [
        await stranger.client.post(f"/api/proposals/{identifier}/{step}", body)
        for identifier in (sent["id"], uuid.uuid4())
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (await agency.read(sent["id"]))["status"] == "SENT"


async def test_a_request_for_changes_says_what(agency: Agency) -> None:
    sent = await agency.sent()

    answer = await agency.owner.client.post(f"/api/proposals/{sent['id']}/request-changes", {"message": " "})

    assert answer.status_code == 422


async def test_the_validity_ends_decisions_before_anybody_sweeps(agency: Agency, clock: MovingClock) -> None:
    end = clock.now() + timedelta(minutes=10)
    sent = await agency.sent(valid_until=end.isoformat())
    clock.stop(end)

    for step in ("approve", "decline", "request-changes"):
        answer = await agency.owner.client.post(
            f"/api/proposals/{sent['id']}/{step}", {"message": "x"} if step == "request-changes" else None
        )
        assert (answer.status_code, answer.json()["type"]) == (409, "proposals/expired"), step

    assert (await agency.read(sent["id"]))["status"] == "EXPIRED"
    listed = await agency.operator.client.get("/api/proposals", params={"status": "EXPIRED"})
    assert [item["id"] for item in listed.json()["items"]] == [sent["id"]]
    assert (await agency.draft(sent["project_id"]))["version"] == 2


@pytest.mark.parametrize(
    ("step", "body"), [("approve", None), ("decline", None), ("request-changes", {"message": "x"})]
)
async def test_a_proposal_can_be_decided_up_to_the_last_moment_of_its_validity(
    agency: Agency, clock: MovingClock, step: str, body: dict[str, Any] | None
) -> None:
    end = clock.now() + timedelta(minutes=10)
    sent = await agency.sent(valid_until=end.isoformat())
    clock.stop(end - timedelta(microseconds=1))

    assert (await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)).status_code == 200


async def test_of_fifty_decisions_one_counts(agency: Agency) -> None:
    sent = await agency.sent()
    await agency.owner.client.csrf()
    steps: list[tuple[str, dict[str, Any] | None]] = [
        ("approve", None), ("decline", {"reason": "no"}), ("request-changes", {"message": "x"})
    ]  # fmt: skip

    async def decide(number: int) -> tuple[str, int]:
        step, body = steps[number % 3]
        answer = await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)
        return step, answer.status_code

    answers = await asyncio.gather(*(decide(number) for number in range(50)))

    won = [step for step, status in answers if status == 200]
    assert len(won) == 1
    assert {status for _, status in answers} == {200, 409}
    outcome = {"approve": "APPROVED", "decline": "DECLINED", "request-changes": "CHANGES_REQUESTED"}[won[0]]
    assert (await agency.read(sent["id"]))["status"] == outcome
    expected = 2 if won == ["request-changes"] else 1
    assert (await agency.operator.client.get("/api/proposals")).json()["total"] == expected


async def test_every_step_is_in_the_timeline_and_the_audit(agency: Agency, people: People) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve", {"name": "Thandi"})
    auditor = await people.person(Role.AUDITOR)

    timeline = (await agency.owner.client.get(f"/api/projects/{sent['project_id']}/activity")).json()["items"]
    audit = (await auditor.client.get("/api/audit", params={"resource_id": sent["id"]})).json()["items"]

    assert [event["action"] for event in timeline] == [
        "proposal.approved",
        "proposal.sent",
        "project.created",
    ]
    steps = (await auditor.client.get("/api/audit", params={"action": "project.status_changed"})).json()["items"]
    assert [step["metadata"]["to"] for step in steps] == ["APPROVED", "PROPOSED"], "kept, although nobody is told twice"
    assert timeline[0]["title"] == "Proposal v1 approved"
    assert timeline[0]["amount"] == {"amount": 2_127_500, "currency": "ZAR"}
    assert [event["action"] for event in audit] == ["proposal.approved", "proposal.sent", "proposal.created"]
    assert audit[0]["metadata"]["name"] == "Thandi"
