"""While a project is archived, nobody decides on its proposals, and nobody is asked to."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.notifications.ports import OutgoingMail
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import Postbox
from tests.features.proposals.test_delivery import token_of
from tests.features.proposals.test_races import Meeting
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People, Person

ARCHIVE = {"status": "ARCHIVED", "override": True, "reason": "The client went elsewhere"}
RESTORE = {"status": "PROPOSED", "override": True, "reason": "They came back"}
CLIENTS = "The project is archived. Contact us if you would still like to go ahead."
STAFF = "The project is archived. Move it to another status first."


async def move(agency: Agency, proposal: dict[str, Any], step: dict[str, Any]) -> Response:
    return await agency.operator.client.post(f"/api/projects/{proposal['project_id']}/status", step)


async def archived(agency: Agency) -> dict[str, Any]:
    """Return a proposal that awaits its client's decision, and whose project is archived."""
    sent = await agency.sent()
    assert (await move(agency, sent, ARCHIVE)).status_code == 200
    return sent


def mails_to(agency: Agency, postbox: Postbox) -> list[OutgoingMail]:
    """Return what the client was mailed."""
    return [mail for mail in postbox.mails if mail.to == agency.owner.email]


async def needs(person: Person) -> list[str]:
    return [need["kind"] for need in (await dashboard(person))["needs_you"]]


@pytest.mark.parametrize(
    ("step", "body"), [("approve", {}), ("decline", {}), ("request-changes", {"message": "Two phases"})]
)
async def test_nobody_decides_on_it(step: str, body: dict[str, str], agency: Agency) -> None:
    before = await archived(agency)

    refused = await agency.owner.client.post(f"/api/proposals/{before['id']}/{step}", body)

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "proposals/project-archived")
    assert (problem["title"], problem["detail"], problem["allowed"]) == ("The project is closed", CLIENTS, [])
    after = await agency.read(before["id"])
    assert after == before | {"is_closed": True, "next_statuses": []}
    assert await agency.project_status(before["project_id"]) == "ARCHIVED"


async def test_what_was_decided_before_is_told_first(agency: Agency) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")
    await move(agency, sent, ARCHIVE)

    refused = await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline")

    assert (refused.status_code, refused.json()["detail"]) == (409, "Version 1 has been approved.")


@pytest.mark.parametrize("step", ["send", "send-again"])
async def test_nobody_sends_it(step: str, agency: Agency, drain: Drain, postbox: Postbox) -> None:
    proposal = await (agency.draft() if step == "send" else agency.sent())
    await drain()
    await move(agency, proposal, ARCHIVE)
    mailed = len(postbox.mails)

    refused = await agency.operator.client.post(f"/api/proposals/{proposal['id']}/{step}")

    problem = refused.json()
    assert (refused.status_code, problem["type"], problem["detail"]) == (409, "proposals/project-archived", STAFF)
    await drain()
    assert (await agency.read(proposal["id"]))["status"] == proposal["status"]
    assert len(postbox.mails) == mailed


async def test_a_restored_project_opens_it_again(agency: Agency) -> None:
    sent = await archived(agency)
    await move(agency, sent, RESTORE)

    approved = await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")

    assert (approved.status_code, approved.json()["status"], approved.json()["is_closed"]) == (200, "APPROVED", False)


async def test_nobody_is_asked_and_no_number_counts_it(agency: Agency, people: People) -> None:
    sent = await agency.sent()
    readers = [agency.operator, agency.owner, await people.person(Role.USER, agency.org_id)]
    assert [await needs(reader) for reader in readers] == [[], ["PROPOSAL_TO_DECIDE"], ["PROPOSAL_WITH_OWNER"]]
    await move(agency, sent, ARCHIVE)

    assert [await needs(reader) for reader in readers] == [[], [], []]
    waiting = (await dashboard(agency.operator))["proposals_waiting"]
    assert (waiting["count"], waiting["worth"]) == (0, [])
    for reader in readers:
        listed = (await reader.client.get("/api/proposals?status=SENT")).json()
        assert (listed["items"], listed["total"]) == ([], 0), "the number's proof shows what the number counts"
        [row] = (await reader.client.get("/api/proposals")).json()["items"]
        assert (row["status"], row["is_closed"]) == ("SENT", True)


async def test_what_was_approved_is_not_to_be_paid_any_more(agency: Agency) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")
    assert (await dashboard(agency.owner))["open"] == [sent["total"]]
    await move(agency, sent, ARCHIVE)

    page = await dashboard(agency.owner)

    assert (page["open"], page["needs_you"]) == ([], [])
    assert (await agency.owner.client.get("/api/proposals?unpaid=true")).json()["items"] == []


async def test_staff_are_not_asked_to_revise_it(agency: Agency) -> None:
    sent = await agency.sent()
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/request-changes", {"message": "Two phases"})
    assert await needs(agency.operator) == ["CHANGES_REQUESTED"]

    await move(agency, sent, ARCHIVE)

    assert await needs(agency.operator) == []


async def test_the_viewing_link_says_so(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    sent = await agency.sent()
    await drain()
    token = token_of(mails_to(agency, postbox)[0].text)
    await move(agency, sent, ARCHIVE)

    shared = (await agency.owner.client.get(f"/api/proposals/view/{token}")).json()

    assert (shared["status"], shared["is_closed"]) == ("SENT", True)


@pytest.mark.parametrize("is_written", [True, False])
async def test_a_mail_on_its_way_is_withheld_and_staff_send_it_again_once_it_is_restored(
    is_written: bool, agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    sent = await agency.sent()
    if is_written:
        # The mail server is away: the letter waits.
        postbox.is_away = True
        await drain()
    await move(agency, sent, ARCHIVE)
    postbox.is_away = False
    await drain()
    await drain.make_due()
    await drain()
    assert mails_to(agency, postbox) == []
    await move(agency, sent, RESTORE)
    await drain()

    [entry] = (await agency.read(sent["id"]))["undelivered"]
    assert (entry["recipient"], entry["reason"]) == (None, "WITHHELD")
    [need] = (await dashboard(agency.operator))["needs_you"]
    assert (need["kind"], need["reason"]) == (
        "PROPOSAL_NOT_DELIVERED",
        "The project was archived before the e-mail was sent.",
    )
    again = await agency.operator.client.post(f"/api/proposals/{sent['id']}/send-again")
    await drain()
    assert (again.status_code, len(mails_to(agency, postbox)), await needs(agency.operator)) == (200, 1, [])


async def test_what_arrived_before_is_not_called_undelivered(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    sent = await agency.sent()
    await drain()
    await move(agency, sent, ARCHIVE)
    await drain()
    await move(agency, sent, RESTORE)
    await drain()

    assert (await agency.read(sent["id"]))["undelivered"] == []


async def test_its_expiry_is_told_to_nobody(agency: Agency, clock: MovingClock, drain: Drain, postbox: Postbox) -> None:
    await archived(agency)
    await drain()
    clock.advance(timedelta(days=40))

    await drain.slot("proposals.expire")

    assert "expired" not in " ".join(mail.subject for mail in postbox.mails)


@pytest.mark.parametrize("is_archived_first", [True, False])
async def test_of_archiving_and_approving_at_once_one_counts_and_the_other_is_told(
    is_archived_first: bool, agency: Agency, factory: UnitOfWorkFactory
) -> None:
    sent = await agency.sent()
    await agency.operator.client.csrf()
    await agency.owner.client.csrf()
    requests = [move(agency, sent, ARCHIVE), agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")]

    first, second = await Meeting(factory, sent["id"]).of(*(requests if is_archived_first else reversed(requests)))

    assert (first.status_code, second.status_code) == (200, 409), second.text
    standing = ("SENT", "ARCHIVED", True) if is_archived_first else ("APPROVED", "APPROVED", False)
    stored = await agency.read(sent["id"])
    assert (stored["status"], await agency.project_status(sent["project_id"]), stored["is_closed"]) == standing
