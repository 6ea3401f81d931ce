"""Mail goes through the outbox: sent if the unit commits, once, with its secrets sealed until then."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.core.clock import SystemClock
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.outbox.runner import BACKOFF_SECONDS
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.mails import VerificationMail
from capecontrol.features.notifications.interface import StoredFile, send_mail
from capecontrol.features.notifications.ports import Mailer, MailRefused, MailUnavailable, OutgoingMail
from tests.adapters.email.mail_server import mail_server
from tests.features.notifications.outbox_rows import outbox_rows
from tests.kept_ports import kept
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People

OWNER = "owner@example.com"
LINK = "https://example.test/verify-email/the-one-time-token"
VERIFICATION = VerificationMail(url=SecretStr(LINK))


class MoodyMailer:
    """Refuses or is away, as told."""

    def __init__(self, *moods: Exception | None) -> None:
        self.moods = list(moods)
        self.taken: list[OutgoingMail] = []

    async def deliver(self, mail: OutgoingMail) -> None:
        mood = self.moods.pop(0) if self.moods else None
        if mood is not None:
            raise mood
        self.taken.append(mail)


@pytest.fixture
async def scope(people: People) -> OrganizationScope:
    return OrganizationScope(await people.organization())


async def order(factory: UnitOfWorkFactory, scope: Scope, *attachments: StoredFile) -> None:
    async with factory.unit(SYSTEM, scope) as work:
        await send_mail(work, VERIFICATION, to=OWNER, attachments=attachments)


async def order_and_fail(factory: UnitOfWorkFactory, scope: Scope) -> None:
    async with factory.unit(SYSTEM, scope) as work:
        await send_mail(work, VERIFICATION, to=OWNER)
        raise ZeroDivisionError


async def test_a_mail_server_that_is_away_for_three_days_loses_no_mail(
    scope: OrganizationScope, drain: Drain, ports: Ports, factory: UnitOfWorkFactory
) -> None:
    with kept(ports, Mailer):
        mailer = MoodyMailer(*[MailUnavailable("away")] * len(BACKOFF_SECONDS))
        ports.provide(Mailer, mailer)
        await order(factory, scope)
        waited = timedelta()
        while not mailer.taken:
            await drain()
            async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
                is_tried = "select available_at - now() from outbox where done_at is null and dead_at is null"
                waited += (await work.session.execute(text(is_tried))).scalar_one_or_none() or timedelta()
            assert waited < timedelta(days=5), "nobody waits for ever"
            await drain.make_due()
    assert waited > timedelta(hours=72)
    assert 0.8 * sum(BACKOFF_SECONDS) > timedelta(hours=72).total_seconds(), "also if every wait is as short as it gets"


async def test_a_mail_is_sent_when_the_unit_commits(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain
) -> None:
    await order(factory, scope)
    assert await mailbox.list_mails() == []
    await drain()
    [mail] = await mailbox.list_mails()
    assert (mail.to, mail.subject) == (OWNER, "Confirm your e-mail address for Northstar Automation’s client portal")
    assert LINK in mail.text
    assert LINK in mail.html


async def test_no_mail_for_what_was_rolled_back(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain
) -> None:
    with pytest.raises(ZeroDivisionError):
        await order_and_fail(factory, scope)
    await drain()
    assert await mailbox.list_mails() == []


@pytest.mark.parametrize("is_platform", [False, True])
async def test_secrets_do_not_lie_in_the_database(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain, is_platform: bool
) -> None:
    await order(factory, PlatformScope("tests") if is_platform else scope)
    rows = await outbox_rows(factory)
    assert "the-one-time-token" not in repr((rows, VERIFICATION))
    await drain()
    assert "the-one-time-token" not in repr(await outbox_rows(factory))
    assert len(await mailbox.list_mails()) == 1


async def test_a_stored_file_travels_along(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain, ports: Ports
) -> None:
    await ports.get(ObjectStorage).put("invoices/one.pdf", b"%PDF one", "application/pdf")
    await order(factory, scope, StoredFile("invoices/one.pdf", "INV-2026-0001.pdf"))
    await drain()
    [mail] = await mailbox.list_mails()
    file = await mailbox.read_attachment(mail.id, 0)
    assert file is not None
    assert (file.filename, file.data) == ("INV-2026-0001.pdf", b"%PDF one")


async def test_a_carrier_that_is_away_is_tried_again_under_the_same_id(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain, ports: Ports
) -> None:
    moody = MoodyMailer(MailUnavailable("away"), MailUnavailable("away"))
    ports.provide(Mailer, moody)
    await order(factory, scope)
    [message_id] = [row["id"] for row in await outbox_rows(factory)]
    for _ in range(3):
        await drain.make_due()
        await drain()
    assert [mail.message_id for mail in moody.taken] == [message_id]


async def test_a_mail_that_is_refused_for_good_is_a_dead_letter(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain, ports: Ports
) -> None:
    ports.provide(Mailer, MoodyMailer(MailRefused(f"no such address: {OWNER}")))
    await order(factory, scope)
    await drain()
    [row] = await outbox_rows(factory)
    assert row["dead_at"] is not None
    assert OWNER not in str(row["last_error"])


async def test_why_a_mail_was_refused_is_in_the_log(
    factory: UnitOfWorkFactory,
    scope: OrganizationScope,
    mailbox: LocalMailbox,
    drain: Drain,
    ports: Ports,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """People are told to check the address; of a mail that is too big, the answer alone tells."""
    async with mail_server(end="552 5.3.4 Too big") as url:
        ports.provide(Mailer, SmtpMailer(url, "no-reply@northstar.test", SystemClock(), is_private=True))
        await order(factory, scope)
        await drain()
    [row] = await outbox_rows(factory)
    [told] = [record.msg for record in caplog.records if "mail.refused" in str(record.msg)]
    assert isinstance(told, dict)
    assert told["message_id"] == str(row["id"])
    assert told["reason"] == "the mail server refused the mail for good (552 5.3.4)"
