"""A project says how the newest proposal sent for it stands: on its page, in lists, on dashboards, in the file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.proposals.agency import Agency
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import Person


async def told(reader: Person, project_id: str) -> Any:
    """Return what a reader is told, the same wherever the project is shown."""
    shown = (await reader.client.get(f"/api/projects/{project_id}")).json()
    listed = (await reader.client.get("/api/projects")).json()["items"]
    file = (await reader.client.get("/api/projects/export.csv")).text.removeprefix("\ufeff")
    answers = [one["proposal_status"] for one in listed if one["id"] == project_id]
    answers += [row["proposal_status"] or None for row in csv.DictReader(io.StringIO(file)) if row["id"] == project_id]
    dashboard = (await reader.client.get("/api/dashboard")).json()
    answers += [one["proposal_status"] for one in dashboard.get("projects", []) if one["id"] == project_id]
    assert answers
    assert set(answers) == {shown["proposal_status"]}
    return shown["proposal_status"]


async def test_of_a_project_whose_proposal_was_not_sent_there_is_nothing_to_say(agency: Agency) -> None:
    draft = await agency.draft()

    assert await told(agency.operator, draft["project_id"]) is None


@pytest.mark.parametrize(
    ("step", "body", "status"),
    [
        ("approve", {}, "APPROVED"),
        ("decline", {"reason": "Next year"}, "DECLINED"),
        ("request-changes", {"message": "Two phases"}, "CHANGES_REQUESTED"),
    ],
)
async def test_what_the_client_decided_is_told_to_both_until_the_next_is_sent(
    agency: Agency, step: str, body: dict[str, Any], status: str
) -> None:
    sent = await agency.sent()
    for reader in (agency.operator, agency.owner):
        assert await told(reader, sent["project_id"]) == "SENT"

    decided = await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)

    assert decided.status_code == 200, decided.text
    for reader in (agency.operator, agency.owner):
        assert await told(reader, sent["project_id"]) == status
    if step != "approve":
        draft = decided.json().get("next_id") or (await agency.draft(sent["project_id"]))["id"]
        assert await told(agency.owner, sent["project_id"]) == status
        await agency.send(draft)
        assert await told(agency.owner, sent["project_id"]) == "SENT"


async def test_what_nobody_answered_has_expired(agency: Agency, clock: MovingClock, drain: Drain) -> None:
    sent = await agency.sent(valid_until=(clock.now() + timedelta(minutes=10)).isoformat())
    clock.advance(timedelta(minutes=10))

    await drain.slot("proposals.expire")

    assert await told(agency.operator, sent["project_id"]) == "EXPIRED"


async def test_a_project_says_that_its_proposal_has_expired_before_anybody_swept(
    agency: Agency, clock: MovingClock
) -> None:
    sent = await agency.sent(valid_until=(clock.now() + timedelta(minutes=10)).isoformat())
    for reader in (agency.operator, agency.owner):
        assert await told(reader, sent["project_id"]) == "SENT"

    clock.advance(timedelta(minutes=10))

    for reader in (agency.operator, agency.owner):
        assert await told(reader, sent["project_id"]) == "EXPIRED"
    # The next version has a time of its own.
    again = await agency.sent(sent["project_id"])
    assert (again["version"], await told(agency.owner, sent["project_id"])) == (2, "SENT")


async def test_a_decision_leaves_the_project_as_it_is_being_edited(agency: Agency) -> None:
    sent = await agency.sent()
    path = f"/api/projects/{sent['project_id']}"
    read = (await agency.operator.client.get(path)).json()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline")

    saved = await agency.operator.client.patch(
        path, {"title": "Leads, next year"}, headers={"If-Match": f'"{read["revision"]}"'}
    )

    assert (saved.status_code, saved.json()["title"]) == (200, "Leads, next year")
    assert saved.json()["updated_at"] > read["updated_at"]


async def test_a_decision_that_is_refused_is_not_told(agency: Agency) -> None:
    sent = await agency.sent()
    path = f"/api/proposals/{sent['id']}"
    assert (await agency.owner.client.post(f"{path}/decline")).status_code == 200

    assert (await agency.owner.client.post(f"{path}/approve")).status_code == 409

    assert await told(agency.operator, sent["project_id"]) == "DECLINED"


async def test_pages_that_show_the_project_hear_of_it(agency: Agency, factory: UnitOfWorkFactory) -> None:
    sent = await agency.sent()
    noted = text("select count(*) from changes where topic = 'projects' and subject_id = :id")

    async def count() -> int:
        async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            return int((await work.session.execute(noted, {"id": sent["project_id"]})).scalar_one())

    before = await count()

    await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline")

    assert await count() == before + 1
