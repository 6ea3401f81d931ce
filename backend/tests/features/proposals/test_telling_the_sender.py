"""Whoever sent a proposal is told by mail how its client decided, once, in the business's name."""

from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import Postbox
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People

NAME = "Thandi Nkosi"


async def _decide(agency: Agency, step: str, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Have a colleague of the writer send a proposal, and the client decide; return both answers."""
    sent = await agency.sent(title="Lead <capture>")
    answer = await agency.owner.client.post(f"/api/proposals/{sent['id']}/{step}", body)
    assert answer.status_code == 200, answer.text
    return sent, answer.json()


@pytest.mark.parametrize(
    ("step", "body", "subject", "told"),
    [
        ("approve", {"name": NAME}, "Approved by Harbour Logistics: Lead <capture>", NAME),
        (
            "request-changes",
            {"message": "Two <phases>"},
            "Changes requested by Harbour Logistics: Lead <capture>",
            "“Two <phases>”",
        ),
        ("decline", {"reason": "Too expensive"}, "Declined by Harbour Logistics: Lead <capture>", "“Too expensive”"),
        ("decline", {}, "Declined by Harbour Logistics: Lead <capture>", "archive the project"),
    ],
)
async def test_the_sender_is_told(
    step: str, body: dict[str, Any], subject: str, told: str, agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    sent, answer = await _decide(agency, step, body)
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    assert mail.subject == subject
    assert told in mail.text
    done = {"approve": "approved", "request-changes": "requested changes to", "decline": "declined"}[step]
    assert f"Owner at Harbour Logistics has {done} “Lead <capture>”." in mail.text
    assert f"Owner at Harbour Logistics has {done} “Lead &lt;capture&gt;”." in mail.html
    assert "Questions?" not in mail.text + mail.html
    assert "R\u00a021,275.00" in mail.text + mail.html
    assert "Northstar Automation" in mail.text
    assert "<phases>" not in mail.html
    page = {
        "approve": f"/proposals/{sent['id']}",
        "request-changes": f"/proposals/{answer.get('next_id')}",
        "decline": f"/projects/{sent['project_id']}",
    }[step]
    assert f"http://localhost:8000{page}" in mail.text
    assert f'href="http://localhost:8000{page}"' in mail.html


async def test_whoever_approves_in_the_name_of_somebody_else_is_named_and_what_was_typed_is_told_beside(
    agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    await _decide(agency, "approve", {"name": "Naledi Dlamini, Managing Director. Pay at https://evil.example"})
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    assert "\nOwner at Harbour Logistics has approved “Lead <capture>”." in mail.text
    assert "\nSigned as: Naledi Dlamini, Managing Director. Pay at" in mail.text
    assert "<p>Owner at Harbour Logistics has approved “Lead &lt;capture&gt;”." in mail.html
    assert "<tr><td>Signed as</td><td>Naledi Dlamini, Managing Director. Pay at" in mail.html
    for part in (mail.text, mail.html):
        assert part.count("Naledi Dlamini") == 1
        assert "evil.example" not in part


@pytest.mark.parametrize("body", [{"name": "Owner"}, {}])
async def test_what_was_signed_as_the_account_is_called_is_told_once(
    body: dict[str, Any], agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    await _decide(agency, "approve", body)
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    assert "Owner at Harbour Logistics has approved" in mail.text
    assert "Signed as" not in mail.text + mail.html


async def test_of_a_decision_of_an_earlier_release_the_organization_is_told(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    await _decide(agency, "approve", {"name": NAME})
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update proposals set decided_by_name = null"))
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    assert "\nHarbour Logistics has approved “Lead <capture>”." in mail.text
    assert f"\nSigned as: {NAME}\n" in mail.text


async def test_a_note_keeps_its_lines(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    await _decide(agency, "request-changes", {"message": "Two phases, please:\n1. <stock>\n2. orders"})
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    assert "“Two phases, please:<br>1. &lt;stock&gt;<br>2. orders”" in mail.html
    assert "“Two phases, please:\n1. <stock>\n2. orders”" in mail.text


async def test_a_note_is_its_writers_and_makes_no_link_in_the_name_of_the_business(
    agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    await _decide(agency, "request-changes", {"message": "Pay at https://evil.example/pay instead"})
    await drain()

    [mail] = [mail for mail in postbox.mails if mail.to == agency.operator.email]
    for part in (mail.text, mail.html):
        assert "The client wrote:" in part
        assert "evil.example" not in part
        assert "evil.example" in part.replace("\u200b", "")


async def test_it_is_whoever_sent_it_not_whoever_wrote_it(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    colleague = await people.operator()
    draft = await agency.draft()
    assert (await colleague.client.post(f"/api/proposals/{draft['id']}/send")).status_code == 200
    await agency.owner.client.post(f"/api/proposals/{draft['id']}/decline", {})
    await drain()

    told = [mail.to for mail in postbox.mails if mail.subject.startswith("Declined")]
    assert told == [colleague.email]


async def test_where_the_sender_has_left_every_operator_is_told_instead(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    sent = await agency.sent()
    colleague = await people.operator()
    await drain()
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text("update users set status = 'DISABLED' where id = :id"), {"id": agency.operator.id}
        )
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline", {})
    await drain()

    told = [mail for mail in postbox.mails if mail.subject.startswith("Declined by Harbour Logistics")]
    assert [mail.to for mail in told] == [colleague.email]
    why = "You’re receiving this because whoever sent the proposal has left Northstar Automation."
    assert why in told[0].text
    assert why in told[0].html


async def test_what_an_earlier_release_sent_is_told_to_whoever_wrote_it(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    sent = await agency.sent()
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update proposals set sent_by = null"))
    await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve", {"name": NAME})
    await drain()

    assert [mail.subject for mail in postbox.mails if mail.to == agency.operator.email] == [
        "Approved by Harbour Logistics: Lead capture"
    ]
