"""Mail goes through the outbox: sent if the unit commits, once, with its secrets sealed until then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.notifications.interface import MailRequest, StoredFile, send_mail
from capecontrol.features.notifications.mail_templates import MailTemplates, TemplateUnknown
from capecontrol.features.notifications.ports import Mailer, MailRefused, MailUnavailable, OutgoingMail
from tests.features.notifications.outbox_rows import outbox_rows
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People

LINK = "https://example.test/verify-email/the-one-time-token"


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
def mailbox(ports: Ports, tmp_path: Path, clock: MovingClock) -> Iterator[LocalMailbox]:
    before, storage = ports.get(Mailer), ports.get(ObjectStorage)
    mailbox = LocalMailbox(tmp_path / "mailbox", "CapeControl <no-reply@capecontrol.test>", clock)
    ports.provide(Mailer, mailbox)
    ports.provide(ObjectStorage, FolderStorage(tmp_path / "objects"))
    yield mailbox
    ports.provide(Mailer, before)
    ports.provide(ObjectStorage, storage)


@pytest.fixture
async def scope(people: People) -> OrganizationScope:
    return OrganizationScope(await people.organization())


def verification() -> MailRequest:
    return MailRequest(
        to="owner@example.com",
        template="verify_email",
        context={"full_name": "Thandi <b>Nkosi</b>"},
        secrets={"url": LINK},
    )


async def order(factory: UnitOfWorkFactory, scope: Scope, request: MailRequest | None = None) -> None:
    async with factory.unit(SYSTEM, scope) as work:
        await send_mail(work, request or verification())


async def order_and_fail(factory: UnitOfWorkFactory, scope: Scope) -> None:
    async with factory.unit(SYSTEM, scope) as work:
        await send_mail(work, verification())
        raise ZeroDivisionError


async def test_a_mail_is_sent_when_the_unit_commits(
    factory: UnitOfWorkFactory, scope: OrganizationScope, mailbox: LocalMailbox, drain: Drain
) -> None:
    await order(factory, scope)
    assert await mailbox.list_mails() == []
    await drain()
    [mail] = await mailbox.list_mails()
    assert (mail.to, mail.subject) == ("owner@example.com", "Verify your e-mail address")
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
    assert "the-one-time-token" not in repr(rows)
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
    request = MailRequest(
        to="owner@example.com",
        template="verify_email",
        context={"full_name": "Thandi"},
        secrets={"url": LINK},
        attachments=(StoredFile("invoices/one.pdf", "INV-2026-0001.pdf"),),
    )
    await order(factory, scope, request)
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
    ports.provide(Mailer, MoodyMailer(MailRefused("no such address: owner@example.com")))
    await order(factory, scope)
    await drain()
    [row] = await outbox_rows(factory)
    assert row["dead_at"] is not None
    assert "owner@example.com" not in str(row["last_error"])


TEMPLATES = ("verify_email", "address_known", "proposal_sent", "payment_received")
CONTEXT = {
    "full_name": "Thandi Nkosi",
    "organization_name": "Harbour Logistics",
    "project_code": "PRJ-2026-019",
    "title": "Lead capture",
    "version": 2,
    "total_text": "R\u00a0110,400.00",
    "valid_until_text": "5 December 2026",
    "invoice_number": "INV-2026-0043",
    "login_url": "https://example.test/login",
    "url": LINK,
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_has_a_subject_a_text_and_its_twin(ports: Ports, template: str) -> None:
    mail = ports.get(MailTemplates).write(template, CONTEXT)
    assert mail.subject
    assert "\n" not in mail.subject
    assert "{{" not in mail.text + mail.html
    assert "https://example.test/" in mail.text
    assert mail.html.count('class="button"') == 1, "one button"
    assert "<script" not in mail.html
    assert "src=" not in mail.html, "a mail loads nothing: no pixel tells that it was read"


def test_a_line_break_in_a_title_starts_no_header(ports: Ports) -> None:
    context = CONTEXT | {"title": "Lead\r\nBcc: everybody@example.com"}
    mail = ports.get(MailTemplates).write("proposal_sent", context)
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_a_letter_with_a_hole_is_not_written(ports: Ports) -> None:
    with pytest.raises(Exception, match="undefined"):
        ports.get(MailTemplates).write("verify_email", {"full_name": "Thandi"})
    with pytest.raises(TemplateUnknown):
        ports.get(MailTemplates).write("no_such_letter", {})
