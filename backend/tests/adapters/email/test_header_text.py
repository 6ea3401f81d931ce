"""Whatever a person typed is literal text in the headers of a mail."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import compat32
from email.policy import default as modern
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from capecontrol.adapters.email import message as written_message
from capecontrol.adapters.email.header_text import header_text
from capecontrol.adapters.email.local import LocalMailbox, MailedFile
from capecontrol.adapters.email.message import Sender, compose
from capecontrol.adapters.email.resend import ResendMailer
from capecontrol.core.clock import SystemClock
from capecontrol.features.notifications.ports import MailAttachment, MailRefused, OutgoingMail
from tests.adapters.email.test_mailers import FROM, PDF, TEXT

HEADERS = ["To", "From", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version"]
HOSTILE = [
    "=?utf-8?q?A=0d=0aX-Injected:=20yes=0d=0a=0d=0a<h1>Invoice</h1>?=",
    "=?UTF-8?Q?A=0D=0ABcc:=20evil@example.com?=",
    "=?utf-8?b?QQ0KQmNjOiBldmlsQGV4YW1wbGUuY29tDQoNCjxoMT4=?=",
    "=?US-ASCII?B?QQ0KQmNjOiBldmlsQGV4YW1wbGUuY29t?= and more",
    "Lead =?utf-8?q?A=0d?= =?utf-8?q?=0aBcc:_evil@example.com?= capture",
    "=?utf-8?q?" + "A" * 180 + "=0d=0aBcc:=20evil@example.com?=",
    "=?utf-8?q?broken",
    "=?nonsense?q?A=0d=0aB?=",
    'A "quoted" name \\ with =?utf-8?q?=0d=0aX:_y?= inside',
    "Smith & Sons, Ltd. <evil@example.com>",
]
hostile = pytest.mark.parametrize("typed", HOSTILE)


def mail_of(text: str, filename: str = "INV-2026-0001.pdf") -> OutgoingMail:
    return OutgoingMail(
        message_id=uuid4(),
        to="owner@example.com",
        subject=text,
        text=TEXT,
        html="<p>Rich</p>",
        sender_name=text,
        attachments=(MailAttachment(filename, "application/pdf", PDF),),
    )


def read(mail: OutgoingMail) -> tuple[list[str], EmailMessage]:
    """Return the names of the headers as they stand, and the mail as the library reads it."""
    written = compose(mail, Sender(FROM), SystemClock()).decode("ascii")
    assert max(map(len, written.partition("\r\n\r\n")[0].split("\r\n"))) <= 78
    message: EmailMessage = message_from_string(written, _class=EmailMessage, policy=modern)
    return message_from_string(written, policy=compat32).keys(), message


@hostile
def test_an_encoded_word_is_shown_as_it_was_typed(typed: str) -> None:
    keys, message = read(mail_of(typed, filename=f"{typed}.pdf"))
    assert sorted(keys) == sorted(HEADERS)
    assert message["Subject"] == typed
    [sender] = message["From"].addresses
    assert sender.addr_spec == "no-reply@capecontrol.test"
    # Some releases of the library read a blank between the parts of a long name.
    assert "".join(sender.display_name.split()) == "".join(typed.split())
    [file] = message.iter_attachments()
    assert file.get_filename() == f"{typed}.pdf"
    assert sorted(file.keys()) == ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]


@hostile
async def test_the_local_mailbox_shows_it_so(typed: str, tmp_path: Path) -> None:
    mailbox = LocalMailbox(tmp_path, FROM, SystemClock())
    await mailbox.deliver(mail_of(typed, filename=f"{typed}.pdf"))
    [mail] = await mailbox.list_mails()
    assert (mail.to, mail.subject, mail.text, mail.html.strip()) == ("owner@example.com", typed, TEXT, "<p>Rich</p>")
    assert mail.attachments == (MailedFile(f"{typed}.pdf", "application/pdf", len(PDF)),)


@hostile
async def test_resend_is_given_nothing_to_decode(typed: str) -> None:
    requests: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"id": "x"})

    mailer = ResendMailer("re_secret", FROM, transport=httpx.MockTransport(take))
    await mailer.deliver(mail_of(typed, filename=f"{typed}.pdf"))
    await mailer.close()
    assert b"=?" not in requests[0].content


@pytest.mark.parametrize("address", ["=?utf-8?q?a=0d=0aBcc=3A_b?=@example.com", "a@=?utf-8?q?b=0d=0aX=3A_y?=.com"])
def test_no_address_is_an_encoded_word(address: str) -> None:
    mail = OutgoingMail(message_id=uuid4(), to=address, subject="Hello", text="", html="")
    with pytest.raises(MailRefused):
        compose(mail, Sender(FROM), SystemClock())


def test_an_address_of_other_letters_keeps_them(tmp_path: Path) -> None:
    mail = OutgoingMail(message_id=uuid4(), to="thandi@bücher.example", subject="Hello", text="", html="")
    assert b"\r\nFrom:" in compose(mail, Sender(FROM), SystemClock())
    assert compose(mail, Sender(FROM), SystemClock()).startswith("To: thandi@bücher.example\r\n".encode())


#: Whatever has no line break or control character, and is no half of a character.
typed_texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


@settings(max_examples=100, deadline=None)
@given(text=typed_texts | st.from_regex(r"( ?=\?[a-zA-Z0-9-]{1,8}\?[qQbB]\?[ -~]{0,90}\?=){1,3}", fullmatch=True))
@example(text="  two  blanks  ")
@example(text="a" * 300)
def test_any_text_is_read_as_it_was_typed(text: str) -> None:
    keys, message = read(mail_of(text))
    assert sorted(keys) == sorted(HEADERS)
    assert message["Subject"] == text


@pytest.mark.parametrize(
    "value", ["Hello\r\nBcc: evil@example.com", "=?utf-8?q?Other?=", "=?utf-8?b?broken?=", "Hello\r\n\r\nBody", "Hell"]
)
def test_a_mail_whose_headers_are_not_those_that_were_meant_does_not_go(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours or of the library's."""
    monkeypatch.setattr(written_message, "header_text", lambda *_: value)
    with pytest.raises(MailRefused, match="not those that were meant"):
        compose(mail_of("Hello"), Sender(FROM), SystemClock())


def test_what_is_plain_stays_readable() -> None:
    assert header_text("Verify your e-mail address", "Subject") == "Verify your e-mail address"


@pytest.mark.parametrize("ending", ["\r", "\n", "\x00", "\x0b", "\x1c", "\x85", "\u2028", "\u2029"])
def test_nothing_that_ends_a_line_is_in_a_header(ending: str) -> None:
    with pytest.raises(MailRefused):
        mail_of(f"Hello{ending}Bcc: b@example.com")
