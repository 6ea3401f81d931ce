"""The local mailbox, as its page shows it."""

import stat
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from capecontrol.adapters.email.local import LocalMailbox, MailedFile
from capecontrol.core.clock import SystemClock
from tests.adapters.email.test_mailers import FROM, PDF, TEXT, new_mail


async def test_mails_are_listed_newest_first(tmp_path: Path) -> None:
    mailbox, mails = LocalMailbox(tmp_path, FROM, SystemClock()), [new_mail(subject=f"Mail {n}") for n in range(3)]
    for mail in mails:
        await mailbox.deliver(mail)
    listed = await mailbox.list_mails()
    assert [mail.subject for mail in listed] == ["Mail 2", "Mail 1", "Mail 0"]
    assert [mail.id for mail in listed] == [mail.message_id for mail in reversed(mails)]
    first = listed[0]
    assert (first.to, first.text, first.html.strip()) == ("owner@example.com", TEXT, "<p>Rich</p>")
    assert first.attachments == (MailedFile("INV-2026-0001.pdf", "application/pdf", len(PDF)),)
    assert first.sent_at.utcoffset() is not None
    assert [mail.subject for mail in await mailbox.list_mails(limit=1)] == ["Mail 2"]


async def test_the_same_mail_again_changes_nothing(tmp_path: Path) -> None:
    mailbox, mail = LocalMailbox(tmp_path, FROM, SystemClock()), new_mail()
    await mailbox.deliver(mail)
    await mailbox.deliver(replace(mail, subject="Another"))
    assert [mail.subject for mail in await mailbox.list_mails()] == [mail.subject]


async def test_attachments_are_read_by_their_place(tmp_path: Path) -> None:
    mailbox, mail = LocalMailbox(tmp_path, FROM, SystemClock()), new_mail()
    await mailbox.deliver(mail)
    file = await mailbox.read_attachment(mail.message_id, 0)
    assert file is not None
    assert file.data == PDF
    assert await mailbox.read_attachment(mail.message_id, 1) is None
    assert await mailbox.read_attachment(mail.message_id, -1) is None
    assert await mailbox.read_attachment(uuid4(), 0) is None
    assert (await mailbox.get_mail(mail.message_id)) is not None
    assert await mailbox.get_mail(uuid4()) is None


async def test_an_empty_mailbox_is_empty(tmp_path: Path) -> None:
    assert await LocalMailbox(tmp_path / "none", FROM, SystemClock()).list_mails() == []


async def test_mails_are_private(tmp_path: Path) -> None:
    mail = new_mail()
    await LocalMailbox(tmp_path, FROM, SystemClock()).deliver(mail)
    assert stat.S_IMODE((tmp_path / f"{mail.message_id}.eml").stat().st_mode) == 0o600
