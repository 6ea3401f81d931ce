"""A proposal whose e-mail does not arrive says so to staff, and can be sent again."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.core.clock import SystemClock
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.revive import revive_messages
from capecontrol.core.outbox.runner import BACKOFF_SECONDS
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.notifications.ports import Mailer
from tests.adapters.email.mail_server import mail_server
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import Postbox
from tests.features.proposals.test_delivery import token_of
from tests.features.proposals.test_sending import stored_row
from tests.features.system.builders import place_dead_letter
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People


async def revive(factory: UnitOfWorkFactory, consumer: str | None = None) -> int:
    """Revive every dead letter, or a consumer's, and return how many there were."""
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        dao = OutboxDao(work)
        return len(await revive_messages(work, await dao.dead_ids(consumer, 100, until=await dao.now())))


def smtp_mailer(url: str) -> SmtpMailer:
    return SmtpMailer(url, "no-reply@northstar.test", SystemClock(), is_private=True)


async def fail_for_days(drain: Drain) -> None:
    for _ in range(len(BACKOFF_SECONDS) + 1):
        await drain()
        await drain.make_due()
    await drain()


async def not_delivered(agency: Agency) -> list[dict[str, Any]]:
    """Return what the operator's dashboard says did not arrive."""
    needs = (await dashboard(agency.operator))["needs_you"]
    return [need for need in needs if need["kind"] == "PROPOSAL_NOT_DELIVERED"]


async def test_a_mail_server_that_may_take_it_later_is_asked_again_before_anything_is_told(
    agency: Agency, drain: Drain, ports: Ports
) -> None:
    """Until 0.1.0 an overloaded server's 552 was the end of a mail."""
    with kept(ports, Mailer):
        async with mail_server(rcpt="552 5.2.2 The mailbox is full") as url:
            ports.provide(Mailer, smtp_mailer(url))
            sent = await agency.sent()
            for _ in range(3):
                await drain()
                await drain.make_due()
        assert ((await agency.read(sent["id"]))["undelivered"], await not_delivered(agency)) == ([], [])

        heard: list[str] = []
        async with mail_server(heard) as url:
            ports.provide(Mailer, smtp_mailer(url))
            await drain.make_due()
            await drain()
    assert heard.count("data") == 1
    assert ((await agency.read(sent["id"]))["undelivered"], await not_delivered(agency)) == ([], [])


async def test_a_mail_server_that_knows_nobody_of_the_name_is_told_at_once(
    agency: Agency, drain: Drain, ports: Ports
) -> None:
    heard: list[str] = []
    with kept(ports, Mailer):
        async with mail_server(heard, rcpt="550 5.1.1 No such user") as url:
            ports.provide(Mailer, smtp_mailer(url))
            sent = await agency.sent()
            await drain()
    assert heard.count("rcpt") == 1
    (lost,) = (await agency.read(sent["id"]))["undelivered"]
    assert (lost["recipient"], lost["reason"]) == (agency.owner.email, "REFUSED")


async def test_a_refused_mail_is_told_on_the_page_the_list_and_the_dashboard(
    agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    assert (sent["undelivered"], await not_delivered(agency)) == ([], [])

    await drain()

    shown = await agency.read(sent["id"])
    (lost,) = shown["undelivered"]
    assert (lost["recipient"], lost["reason"]) == (agency.owner.email, "REFUSED")
    assert (shown["status"], shown["revision"]) == ("SENT", sent["revision"])
    (listed,) = (await agency.operator.client.get("/api/proposals")).json()["items"]
    (version,) = (await agency.operator.client.get(f"/api/proposals/{sent['id']}/versions")).json()["items"]
    assert listed["undelivered"] == version["undelivered"] == shown["undelivered"]
    (need,) = await not_delivered(agency)
    assert need["title"] == f"Proposal not delivered: Leads v1 ({sent['project_code']})"
    assert need["reason"] == f"The e-mail to {agency.owner.email} wasn’t delivered."
    assert (need["link"], need["amount"]) == (f"/proposals/{sent['id']}", sent["total"])


async def test_a_lost_mail_is_told_once_among_what_needs_staff(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    async def told() -> tuple[list[str], int, int]:
        page = await dashboard(agency.operator)
        letters = (await agency.operator.client.get("/api/system/dead-letters")).json()["total"]
        titles = [need["title"].partition(":")[0] for need in page["needs_you"]]
        return titles, letters, page["proposals_waiting"]["count"]

    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain()
    assert await told() == (["Proposal not delivered"], 1, 1), "and the client finds it in the portal"

    await place_dead_letter(factory, consumer="tests.others")
    assert await told() == (["Proposal not delivered", "2 messages weren’t delivered"], 2, 1), "as the page lists"

    # One that is being tried again is no dead letter, and hides no other.
    assert await revive(factory, "notifications.deliver_mail") == 1
    assert await told() == (["Proposal not delivered", "1 message wasn’t delivered"], 1, 1)

    await drain()
    assert (await agency.owner.client.post(f"/api/proposals/{sent['id']}/decline", {})).status_code == 200
    assert await told() == (["1 message wasn’t delivered", "Proposal declined"], 1, 0), "nobody needs it any more"


async def test_clients_are_not_told(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain()

    read = await agency.owner.client.get(f"/api/proposals/{sent['id']}")
    told = await agency.owner.client.get(f"/api/projects/{sent['project_id']}/activity")

    assert read.json()["undelivered"] == []
    assert {one["action"] for one in told.json()["items"]} & {"proposal.not_delivered"} == set()


async def test_a_server_that_is_away_is_not_told_before_the_last_attempt(
    agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    postbox.is_away = True
    sent = await agency.sent()
    await drain()
    assert (await agency.read(sent["id"]))["undelivered"] == []

    await fail_for_days(drain)

    (lost,) = (await agency.read(sent["id"]))["undelivered"]
    assert (lost["recipient"], lost["reason"]) == (agency.owner.email, "UNREACHABLE")


async def test_an_organization_without_an_owner_is_told_as_that(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        disabled = text("update users set status = 'DISABLED' where id = :id")
        await work.session.execute(disabled, {"id": agency.owner.id})
    sent = await agency.sent()

    await drain()

    (lost,) = (await agency.read(sent["id"]))["undelivered"]
    assert (lost["recipient"], lost["reason"]) == (None, "NO_RECIPIENT")
    (need,) = await not_delivered(agency)
    assert need["reason"] == "The client has no owner who can get e-mail."

    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update users set status = 'ACTIVE'"))
    assert await revive(factory) == 1
    await drain()

    assert [mail.to for mail in postbox.mails] == [agency.owner.email]
    assert (await agency.read(sent["id"]))["undelivered"] == []


async def test_a_revived_letter_that_arrives_takes_it_back(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain()

    assert await revive(factory) == 1
    assert len((await agency.read(sent["id"]))["undelivered"]) == 1, "revived is not delivered"
    await drain()
    assert len((await agency.read(sent["id"]))["undelivered"]) == 1, "and refused again"
    postbox.refuses = set()
    assert await revive(factory) == 1
    await drain()

    assert (await agency.read(sent["id"]))["undelivered"] == []
    assert await not_delivered(agency) == []


async def test_news_of_a_letter_that_was_revived_since_do_not_say_that_it_arrived(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    """It died twice; the second death is told when the letter is on its way for the third time."""
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain()
    assert await revive(factory) == 1
    await drain(only={"notifications.deliver_mail"})
    assert await revive(factory) == 1

    await drain(only={"proposals.note_mail"})

    assert [one["recipient"] for one in (await agency.read(sent["id"]))["undelivered"]] == [agency.owner.email]


async def test_one_mail_that_arrives_does_not_hide_another_that_did_not(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    partner = await people.person(Role.OWNER, agency.org_id)
    postbox.refuses = {partner.email}
    sent = await agency.sent()

    await drain()

    assert [mail.to for mail in postbox.mails] == [agency.owner.email]
    assert [one["recipient"] for one in (await agency.read(sent["id"]))["undelivered"]] == [partner.email]


async def test_news_of_a_death_that_come_after_the_delivery_say_nothing(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    """No order is promised between messages: the reaction to the refusal is late, the revived letter is faster."""
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain(only={"proposals.mail", "notifications.deliver_mail"})
    postbox.refuses = set()
    assert await revive(factory) == 1
    await drain(only={"notifications.deliver_mail"})

    await drain()

    assert (await agency.read(sent["id"]))["undelivered"] == []


async def test_sending_again_reaches_who_is_an_owner_now_under_the_same_link(
    agency: Agency, people: People, drain: Drain, postbox: Postbox
) -> None:
    partner = await people.person(Role.OWNER, agency.org_id)
    postbox.refuses = {partner.email}
    sent = await agency.sent()
    await drain()
    successor = await people.person(Role.OWNER, agency.org_id)
    postbox.refuses = set()

    again = await agency.operator.client.post(f"/api/proposals/{sent['id']}/send-again")
    assert (again.status_code, again.json()["undelivered"]) == (200, [])
    await drain()

    first, *others = postbox.mails
    assert [mail.to for mail in others] == [agency.owner.email, partner.email, successor.email]
    assert {token_of(mail.text) for mail in others} == {token_of(first.text)}
    assert {mail.attachments[0].data for mail in others} == {first.attachments[0].data}
    assert (await people.stranger().get(f"/api/proposals/view/{token_of(first.text)}")).status_code == 200
    assert await not_delivered(agency) == []
    needs = (await dashboard(agency.operator))["needs_you"]
    assert [need["kind"] for need in needs] == [], "the dead letter was done otherwise"
    told = (await agency.operator.client.get(f"/api/projects/{sent['project_id']}/activity")).json()["items"]
    assert [one["title"] for one in told][:2] == ["Proposal v1 sent again", "Proposal v1 not delivered"]


async def test_what_was_sent_before_links_were_kept_gets_another_link(
    agency: Agency, people: People, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    sent = await agency.sent()
    await drain()
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text("update proposals set viewing_token_sealed = null"))

    await agency.operator.client.post(f"/api/proposals/{sent['id']}/send-again")
    await drain()

    link = f"/api/proposals/view/{token_of(postbox.mails[-1].text)}"
    assert (await people.stranger().get(link)).json()["id"] == sent["id"]


@pytest.mark.parametrize(
    ("step", "words"), [("approve", "has been approved"), ("decline", "has been declined"), (None, "is still a draft")]
)
async def test_only_what_waits_for_a_decision_is_sent_again(
    agency: Agency, drain: Drain, postbox: Postbox, step: str | None, words: str
) -> None:
    proposal = await (agency.sent() if step else agency.draft())
    if step:
        assert (await agency.owner.client.post(f"/api/proposals/{proposal['id']}/{step}")).status_code == 200
    await drain()
    before = len(postbox.mails)

    refused = await agency.operator.client.post(f"/api/proposals/{proposal['id']}/send-again")

    assert (refused.status_code, refused.json()["type"]) == (409, "proposals/wrong-state")
    assert refused.json()["detail"] == f"Version 1 {words}."
    await drain()
    assert len(postbox.mails) == before


async def test_what_was_decided_needs_no_mail_any_more(agency: Agency, drain: Drain, postbox: Postbox) -> None:
    postbox.refuses = {agency.owner.email}
    sent = await agency.sent()
    await drain()
    assert len(await not_delivered(agency)) == 1

    await agency.owner.client.post(f"/api/proposals/{sent['id']}/approve")

    assert (await agency.read(sent["id"]))["undelivered"] == []
    assert await not_delivered(agency) == []


@pytest.mark.parametrize("step", ["approve", "decline", "request-changes"])
async def test_nobody_is_mailed_what_was_decided(
    agency: Agency, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory, step: str
) -> None:
    """A letter that is revived, or a mail that a server takes days later, would offer what is no offer any more."""
    postbox.refuses = {agency.owner.email}
    refused = await agency.sent()
    await drain()
    postbox.refuses = set()
    body = {"message": "Shorter."} if step == "request-changes" else {}
    assert (await agency.owner.client.post(f"/api/proposals/{refused['id']}/{step}", body)).is_success

    assert await revive(factory) == 0
    await drain()

    assert [mail.subject for mail in postbox.mails if mail.to == agency.owner.email] == []


async def test_nobody_is_mailed_what_has_expired(
    agency: Agency, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    postbox.is_away = True
    await agency.sent()
    await drain()
    clock.advance(timedelta(days=40))
    await drain.slot("proposals.expire")
    postbox.is_away = False
    await drain.make_due()
    await drain()

    to_owner = [mail.subject for mail in postbox.mails if mail.to == agency.owner.email]
    assert to_owner
    assert [subject for subject in to_owner if subject.startswith("Proposal from")] == []


async def test_what_is_sent_again_while_the_server_is_away_is_mailed_once(
    agency: Agency, drain: Drain, postbox: Postbox
) -> None:
    postbox.is_away = True
    sent = await agency.sent()
    for _ in range(3):
        await drain()
        assert (await agency.operator.client.post(f"/api/proposals/{sent['id']}/send-again")).status_code == 200
    await drain()
    postbox.is_away = False
    await drain.make_due()
    await drain()

    assert len([mail for mail in postbox.mails if mail.to == agency.owner.email]) == 1
    assert (await agency.read(sent["id"]))["undelivered"] == []


async def test_a_document_that_the_storage_lost_is_made_again_when_it_is_sent_again(
    agency: Agency, drain: Drain, postbox: Postbox, ports: Ports, factory: UnitOfWorkFactory
) -> None:
    sent = await agency.sent()
    await drain()
    lost = await stored_row(factory, sent["id"])
    await ports.get(ObjectStorage).delete(lost["pdf_key"])

    assert (await agency.operator.client.post(f"/api/proposals/{sent['id']}/send-again")).status_code == 200
    await drain()

    assert [len(mail.attachments) for mail in postbox.mails] == [1, 1]
    row = await stored_row(factory, sent["id"])
    data = await ports.get(ObjectStorage).get(row["pdf_key"])
    assert row["pdf_sha256"] == hashlib.sha256(data).hexdigest()
