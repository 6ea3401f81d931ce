"""Mail goes through the outbox: sent if the unit commits, once, with its secrets sealed until then."""

import pytest
from pydantic import SecretStr

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.mails import VerificationMail
from capecontrol.features.notifications.interface import StoredFile, send_mail
from capecontrol.features.notifications.ports import Mailer, MailRefused, MailUnavailable, OutgoingMail
from tests.features.notifications.outbox_rows import outbox_rows
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People

OWNER = "owner@example.com"
LINK = "https://example.test/verify-email/the-one-time-token"
VERIFICATION = VerificationMail(full_name="Thandi <b>Nkosi</b>", url=SecretStr(LINK))


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


async def test_names_are_escaped_in_html_and_plain_in_text(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain
) -> None:
    await order(factory, scope)
    await drain()
    [mail] = await mailbox.list_mails()
    assert "<b>Nkosi</b>" in mail.text
    assert "<b>Nkosi</b>" not in mail.html
    assert "&lt;b&gt;Nkosi" in mail.html


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
