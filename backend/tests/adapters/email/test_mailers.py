"""What notifications may rely on of a mailer; the same for SMTP and the local mailbox."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default as modern
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.email.message import Sender
from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.core.clock import SystemClock
from capecontrol.features.notifications.ports import MailAttachment, Mailer, MailRefused, OutgoingMail

FROM = "CapeControl <no-reply@capecontrol.test>"
PDF = b"%PDF-1.7 \x00\xff not really"
TEXT = "Plain, with an ümlaut.\n.\nA dot alone on a line.\n"


def new_mail(
    to: str = "owner@example.com", subject: str = "Your proposal “Lead capture”", reply_to: str = ""
) -> OutgoingMail:
    return OutgoingMail(
        message_id=uuid4(),
        to=to,
        subject=subject,
        text=TEXT,
        html="<p>Rich</p>",
        reply_to=reply_to,
        attachments=(MailAttachment("INV-2026-0001.pdf", "application/pdf", PDF),),
    )


class Sink(Handler):
    """A mail server's handler that keeps what it gets."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.mails: list[EmailMessage] = []

    def prepare_message(self, session: object, envelope: object) -> Message:
        content = getattr(envelope, "content", b"")
        return message_from_bytes(content, _class=EmailMessage, policy=modern)

    def handle_message(self, message: Message) -> None:
        assert isinstance(message, EmailMessage)
        self.mails.append(message)


@dataclass
class Post:
    """A mailer, and what arrived."""

    mailer: Mailer
    arrived: Callable[[], list[EmailMessage]]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(params=["smtp", "local"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    if request.param == "smtp":
        sink, port = Sink(), free_port()
        controller = Controller(sink, hostname="127.0.0.1", port=port)
        controller.start()
        yield Post(SmtpMailer(f"smtp://127.0.0.1:{port}", FROM, SystemClock(), is_private=True), lambda: sink.mails)
        controller.stop()
    else:

        def arrived() -> list[EmailMessage]:
            files = sorted(tmp_path.glob("*.eml"))
            return [message_from_bytes(f.read_bytes(), _class=EmailMessage, policy=modern) for f in files]

        yield Post(LocalMailbox(tmp_path, FROM, SystemClock()), arrived)


async def test_a_mail_arrives_whole(post: Post) -> None:
    mail = new_mail()
    await post.mailer.deliver(mail)
    [message] = post.arrived()
    assert message["To"] == "owner@example.com"
    assert message["From"] == FROM
    assert message["Subject"] == mail.subject
    assert message["Message-ID"] == f"<{mail.message_id}@capecontrol.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().strip() == "<p>Rich</p>"
    [file] = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("INV-2026-0001.pdf", "application/pdf")
    assert file.get_payload(decode=True) == PDF


async def test_answers_go_to_the_business(post: Post) -> None:
    await post.mailer.deliver(new_mail(reply_to="hello@northstar.example"))
    [message] = post.arrived()
    assert message["Reply-To"] == "hello@northstar.example"


@pytest.mark.parametrize(
    "reply_to", ["", "hello", "a@example.com, b@example.com", "=?utf-8?q?a?=@example.com", "höllo@example.com"]
)
async def test_a_mail_goes_without_an_address_for_answers_that_is_none(post: Post, reply_to: str) -> None:
    await post.mailer.deliver(new_mail(reply_to=reply_to))
    [message] = post.arrived()
    assert message["Reply-To"] is None


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "", "a@example.com, b@example.com", "<a@example.com>"])
async def test_what_is_no_single_address_is_refused(post: Post, address: str) -> None:
    with pytest.raises(MailRefused):
        await post.mailer.deliver(new_mail(to=address))
    assert post.arrived() == []


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("a@example.com\r\nBcc: b@example.com", "Hello"),
        ("a@example.com", "Hello\r\nBcc: b@example.com"),
        ("a@example.com", "Hello\nBcc: b@example.com"),
        ("a@example.com", "Hello\x00"),
    ],
)
def test_no_header_can_be_smuggled_in(to: str, subject: str) -> None:
    with pytest.raises(MailRefused):
        new_mail(to=to, subject=subject)


@pytest.mark.parametrize("sender", ["", "CapeControl", "a@b\r\nBcc: c@d", "Name <@x>"])
def test_a_sender_needs_an_address(sender: str) -> None:
    with pytest.raises(ValueError, match="MAIL_FROM"):
        Sender(sender)
