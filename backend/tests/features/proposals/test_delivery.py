"""What follows from sending: a document, a mail, a link; each once, also when something breaks in between."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import SlotDue
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.jobs import SCHEDULE
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import HtmlRenderer, Postbox
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People


def token_of(text: str) -> str:
    found = re.search(r"http://localhost:8000/p/([A-Za-z0-9_-]{43})", text)
    assert found, text
    return found[1]


async def test_owners_get_the_document_and_the_link(
    agency: Agency, people: People, drain: Drain, postbox: Postbox, renderer: HtmlRenderer
) -> None:
    partner = await people.person(Role.OWNER, agency.org_id)
    await people.person(Role.USER, agency.org_id)
    sent = await agency.sent(
        title="Lead <capture>", summary="Every enquiry answered\nwithin a minute. " + "And more. " * 90
    )

    await drain()

    assert [mail.to for mail in postbox.mails] == [agency.owner.email, partner.email]
    mail = postbox.mails[0]
    assert "Lead <capture>" in mail.subject
    assert "R\u00a021,275.00" in mail.text
    assert "Every enquiry answered within a minute. And more. " in mail.text
    assert len(mail.text) < 1_000, "a summary, not all of it"
    sender = (await agency.operator.client.get("/api/auth/me")).json()
    assert f"Sent by: {sender['full_name']}\n" in mail.text
    assert token_of(mail.text) == token_of(mail.html) == token_of(postbox.mails[1].text)
    assert [(file.filename, file.media_type) for file in mail.attachments] == [
        (f"{sent['project_code']}-proposal-v1.pdf", "application/pdf")
    ]
    document = mail.attachments[0].data.decode()
    assert document.startswith("%PDF-")
    assert "Lead &lt;capture&gt;" in document
    assert sent["content_hash"] in document
    assert renderer.rendered == 1


async def test_a_revised_version_says_what_it_is_and_what_it_replaces(
    agency: Agency, drain: Drain, postbox: Postbox, ports: Ports
) -> None:
    first = await agency.sent()
    await drain()
    asked = await agency.owner.client.post(f"/api/proposals/{first['id']}/request-changes", {"message": "More"})
    await agency.send(asked.json()["next_id"])
    await drain()

    # What the agency is told of the request is another mail.
    one, two = [mail for mail in postbox.mails if mail.to == agency.owner.email]
    assert one.subject == "Proposal from Northstar Automation: Lead capture"
    assert "evised" not in one.text + one.html
    assert two.subject == "Revised proposal, version 2, from Northstar Automation: Lead capture"
    said = "Here is our revised proposal, version 2, for Harbour Logistics"
    day = ports.get(Business).formats.date_of(datetime.fromisoformat(first["sent_at"]))
    replaced = f"It replaces version 1, which we sent on {day}."
    assert f"{said}: “Lead capture”. {replaced}\n\n" in two.text
    assert f"<p>{said}. {replaced}</p>" in two.html
    assert token_of(two.text) == token_of(two.html) != token_of(one.text)


async def test_attached_and_downloaded_a_version_has_one_name(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    first = await agency.sent()
    asked = await agency.owner.client.post(f"/api/proposals/{first['id']}/request-changes", {"message": "More"})
    second = await agency.send(asked.json()["next_id"])
    await drain()

    mail = [mail for mail in postbox.mails if mail.to == agency.owner.email][-1]
    downloads = [
        await agency.owner.client.get(f"/api/proposals/{second['id']}/pdf"),
        await people.stranger().get(f"/api/proposals/view/{token_of(mail.text)}/pdf"),
    ]
    (file,) = mail.attachments
    assert file.filename == f"{second['project_code']}-proposal-v2.pdf"
    for download in downloads:
        assert f'filename="{file.filename}"' in download.headers["content-disposition"]
        assert download.content == file.data


async def test_a_draft_mails_nothing(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    await agency.draft()

    await drain()

    assert postbox.mails == []


async def test_the_link_opens_the_proposal_and_changes_nothing(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    sent = await agency.sent()
    await drain()
    link = f"/api/proposals/view/{token_of(postbox.mails[0].text)}"
    stranger = people.stranger()

    answers = [await stranger.get(link) for _ in range(2)]
    paper = await stranger.get(f"{link}/pdf")

    assert [answer.status_code for answer in answers] == [200, 200]
    body = answers[0].json()
    assert body["id"] == sent["id"]
    assert (body["valid_until_day"], body["valid_until"]) == (sent["valid_until_day"], sent["valid_until"])
    for answer in (body, sent):
        assert (answer["seller_name"], answer["organization_name"]) == ("Northstar Automation", "Harbour Logistics")
    assert (body["tax_name"], sent["tax_name"]) == ("VAT", "VAT")
    assert (body["project_code"], body["version"], body["status"]) == (sent["project_code"], 1, "SENT")
    assert (body["total"], body["content_hash"]) == (sent["total"], sent["content_hash"])
    assert (body["newer_version"], body["has_pdf"]) == (None, True)
    assert not {"created_by", "org_id", "decision_note"} & set(body)
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content == postbox.mails[0].attachments[0].data
    assert await agency.read(sent["id"]) == sent


async def test_a_draft_carries_todays_names_and_what_was_sent_those_of_its_day(agency: Agency, ports: Ports) -> None:
    draft = await agency.draft()
    with kept(ports, Business):
        ports.provide(Business, replace(ports.get(Business), name="Zuid Automatisering"))
        assert (await agency.read(draft["id"]))["seller_name"] == "Zuid Automatisering"
        sent = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")
        assert sent.is_success

    assert (await agency.read(draft["id"]))["seller_name"] == "Zuid Automatisering"


async def test_an_old_link_tells_of_the_newer_version(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    sent = await agency.sent()
    await drain()
    link = f"/api/proposals/view/{token_of(postbox.mails[0].text)}"
    asked = await agency.owner.client.post(f"/api/proposals/{sent['id']}/request-changes", {"message": "More"})

    drafted = (await people.stranger().get(link)).json()
    await agency.send(asked.json()["next_id"])
    followed = (await people.stranger().get(link)).json()

    assert (drafted["status"], drafted["newer_version"]) == ("CHANGES_REQUESTED", None)
    assert (followed["status"], followed["newer_version"]) == ("SUPERSEDED", 2)
    assert (drafted["newer_id"], followed["newer_id"]) == (None, asked.json()["next_id"])


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "a" * 100])
async def test_a_link_that_we_never_made(people: People, token: str) -> None:
    for path in (f"/api/proposals/view/{token}", f"/api/proposals/view/{token}/pdf"):
        assert (await people.stranger().get(path)).status_code == 404


async def test_the_token_is_nowhere_in_clear(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    await agency.sent()
    await drain()
    token = token_of(postbox.mails[0].text)

    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        for query in (
            "select count(*) from outbox t where t::text like :token",
            "select count(*) from proposals t where t::text like :token",
            "select count(*) from audit_events t where t::text like :token",
        ):
            assert (await work.session.execute(text(query), {"token": f"%{token}%"})).scalar_one() == 0, query


async def test_what_the_release_before_sent_without_its_document_is_printed_and_mailed_once(
    agency: Agency, drain: Drain, postbox: Postbox, renderer: HtmlRenderer, factory: UnitOfWorkFactory
) -> None:
    sent = await agency.sent()
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update proposals set pdf_key = null, pdf_sha256 = null"))
    renderer.is_broken = True
    await drain()
    assert postbox.mails == []
    assert "proposals.mail" in await drain.pending()

    renderer.is_broken = False
    await drain.make_due()
    await drain()
    await drain.make_due()
    await drain()

    assert len(postbox.mails) == 1
    paper = await agency.owner.client.get(f"/api/proposals/{sent['id']}/pdf")
    assert paper.content == postbox.mails[0].attachments[0].data


async def test_the_stored_document_is_never_rendered_again(
    agency: Agency, drain: Drain, postbox: Postbox, renderer: HtmlRenderer
) -> None:
    sent = await agency.sent()
    await drain()

    for person in (agency.operator, agency.owner):
        paper = await person.client.get(f"/api/proposals/{sent['id']}/pdf")
        assert paper.status_code == 200
        assert paper.headers["content-disposition"].startswith("attachment;")
    assert renderer.rendered == 1


async def test_a_draft_is_rendered_as_it_stands(agency: Agency, renderer: HtmlRenderer) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}/pdf"

    paper = await agency.operator.client.get(path)
    renderer.is_broken = True
    broken = await agency.operator.client.get(path)

    assert paper.content.startswith(b"%PDF-")
    assert b">Draft<" in paper.content
    assert (broken.status_code, broken.json()["type"]) == (503, "unavailable")


async def test_the_sweep_ends_what_nobody_answered(
    agency: Agency, clock: MovingClock, factory: UnitOfWorkFactory, drain: Drain
) -> None:
    overdue = await agency.sent(valid_until=(clock.now() + timedelta(minutes=10)).isoformat())
    waiting = await agency.sent()
    clock.advance(timedelta(minutes=10))

    await sweep(factory, drain)
    await sweep(factory, drain)

    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        dao = ProposalDao(work)
        rows = {str(row.id): str(row.status) for row in await dao.all(dao.select())}
    assert rows == {overdue["id"]: "EXPIRED", waiting["id"]: "SENT"}
    timeline: list[dict[str, Any]] = (
        await agency.operator.client.get(f"/api/projects/{overdue['project_id']}/activity")
    ).json()["items"]
    assert [event["action"] for event in timeline].count("proposal.expired") == 1
    assert timeline[0]["actor"] is None


async def sweep(factory: UnitOfWorkFactory, drain: Drain) -> None:
    """Put one slot of the sweep into the outbox and deliver it."""
    event = SlotDue(slot=1)
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        work.session.add(
            OutboxMessage(
                topic=event.topic,
                consumer=SCHEDULE[0].name,
                payload=event.model_dump(mode="json"),
                created_at=work.now(),
            )
        )
    await drain()
