"""Of a proposal that has expired its sender and the client's owners are told, once, unless work has gone on."""

from datetime import timedelta
from typing import Any

from capecontrol.core.permissions import Role
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import Postbox
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People

SWEEP = "proposals.expire"
#: Short enough that everybody is still signed in.
VALID = timedelta(minutes=10)


async def sent_until(agency: Agency, clock: MovingClock, **members: Any) -> dict[str, Any]:
    return await agency.sent(valid_until=(clock.now() + VALID).isoformat(), **members)


async def test_both_sides_are_told_once(
    agency: Agency, clock: MovingClock, drain: Drain, postbox: Postbox, people: People
) -> None:
    await people.person(Role.USER, agency.org_id)
    sent = await sent_until(agency, clock, title="Lead <capture>")
    day = (await agency.read(sent["id"]))["valid_until_day"]
    await drain()
    postbox.mails.clear()
    clock.advance(VALID)

    await drain.slot(SWEEP)
    await drain.slot(SWEEP)
    await drain()

    mails = {mail.to: mail for mail in postbox.mails}
    assert len(postbox.mails) == len(mails) == 2
    staff, client = mails[agency.operator.email], mails[agency.owner.email]
    assert staff.subject == "Expired without an answer from Harbour Logistics: Lead <capture>"
    assert f"http://localhost:8000/projects/{sent['project_id']}" in staff.text
    assert "You can create a new proposal, or archive the project." in staff.text
    assert client.subject == "Your proposal from Northstar Automation has expired: Lead <capture>"
    assert f"http://localhost:8000/proposals/{sent['id']}" in client.text
    assert "let us know and we’ll send you a new one." in client.text
    year, _, last = day.split("-")
    for mail in (staff, client):
        assert f"{int(last)} " in mail.text
        assert year in mail.text
        assert "R\u00a021,275.00" in mail.text
        assert "Lead &lt;capture&gt;" in mail.html


async def test_what_the_agency_went_on_with_is_told_to_nobody_it_concerns(
    agency: Agency, clock: MovingClock, drain: Drain, postbox: Postbox
) -> None:
    sent = await sent_until(agency, clock)
    await drain()
    clock.advance(VALID)
    # Writing the next version ends the overdue one; sending it makes the mail to the client untrue.
    draft = await agency.draft(sent["project_id"])
    await agency.send(draft["id"])
    postbox.mails.clear()

    await drain()

    assert [mail.subject for mail in postbox.mails if "xpired" in mail.subject] == []
    assert (await agency.read(sent["id"]))["status"] == "EXPIRED"


async def test_a_draft_of_the_agency_keeps_nothing_from_the_client(
    agency: Agency, clock: MovingClock, drain: Drain, postbox: Postbox
) -> None:
    sent = await sent_until(agency, clock)
    await drain()
    clock.advance(VALID)
    await agency.draft(sent["project_id"])
    postbox.mails.clear()

    await drain()

    assert [mail.to for mail in postbox.mails] == [agency.owner.email]
