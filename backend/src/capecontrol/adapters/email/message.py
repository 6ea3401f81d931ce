"""A mail as bytes: what SMTP carries and the local mailbox keeps."""

import re
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.errors import HeaderParseError
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime, parseaddr

from capecontrol.adapters.email.header_text import (
    header_address,
    header_filename,
    header_text,
    read_header_text,
)
from capecontrol.core.clock import Clock
from capecontrol.features.notifications.ports import MailAttachment, MailRefused, OutgoingMail

#: ``=?`` begins an encoded word, which an address must not hold (RFC 2047, 5) and mail programs decode all the same.
_ONE_ADDRESS = re.compile(r"(?!.*=\?)[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")
#: The policy that takes the values of headers as they are; see ``header_text``.
_LITERAL = compat32.clone(linesep="\r\n")
#: Texts stay readable in the file of a mail; the library would choose base64.
_TEXT = Charset("utf-8")
_TEXT.body_encoding = QP


class Sender:
    """Who our mails come from."""

    def __init__(self, mail_from: str) -> None:
        """Take ``Name <address>`` or an address.

        Raises:
            ValueError: it holds no address.
        """
        name, address = parseaddr(mail_from)
        if not _ONE_ADDRESS.fullmatch(address) or any(c in mail_from for c in "\r\n\x00"):
            raise ValueError("MAIL_FROM must be an address, or a name and an address in angle brackets")
        self.name = name
        self.domain = address.rpartition("@")[2]
        self.address = address

    def name_for(self, mail: OutgoingMail) -> str:
        """Return the name that a mail is written in, at our address; it may be empty."""
        return mail.sender_name or self.name


def check_recipient(mail: OutgoingMail) -> None:
    """Check that a mail goes to one address: a comma would make two of it.

    Raises:
        MailRefused: it does not.
    """
    if not _ONE_ADDRESS.fullmatch(mail.to):
        raise MailRefused("the recipient's address is not one")


def reply_address(mail: OutgoingMail) -> str | None:
    """Return where answers go, if anywhere but to the sender.

    What the business calls its address and cannot be written everywhere costs the header, not the mail: other letters
    than ASCII's need a server that takes them.
    """
    answers_to = mail.reply_to
    return answers_to if answers_to.isascii() and _ONE_ADDRESS.fullmatch(answers_to) else None


def compose(mail: OutgoingMail, sender: Sender, clock: Clock) -> bytes:
    """Write the message: text first, its HTML twin, then the files.

    Raises:
        MailRefused: the address cannot be written into a header, or what was written reads as other headers.
    """
    check_recipient(mail)
    headers = {
        "To": mail.to,
        "From": header_address(sender.name_for(mail), sender.address, "From"),
        "Subject": header_text(mail.subject, "Subject"),
        "Date": format_datetime(clock.now()),
        "Message-ID": f"<{mail.message_id}@{sender.domain}>",
        "Auto-Submitted": "auto-generated",
    }
    if answers_to := reply_address(mail):
        headers["Reply-To"] = answers_to
    head = "".join(f"{header}: {value}\r\n" for header, value in headers.items())
    _check(head, list(headers), mail, sender)
    # An address of other letters than ASCII's stands in UTF-8 (RFC 6532); all else is ASCII.
    return head.encode() + _body(mail)


def _check(head: str, headers: list[str], mail: OutgoingMail, sender: Sender) -> None:
    """Read the headers that were written: a mail that says others than were meant is our mistake, and does not go.

    Raises:
        MailRefused: they are not those.
    """
    read = HeaderParser(policy=compat32).parsestr(head)
    name, address = parseaddr(read["From"])
    meant = [*headers, mail.to, sender.name_for(mail), sender.address, mail.subject, reply_address(mail)]
    try:
        words = [read_header_text(name), address, read_header_text(read["Subject"])]
        found = [*read.keys(), read["To"], *words, read["Reply-To"]]
    except (HeaderParseError, LookupError, UnicodeError):
        found = []
    if found != meant:
        raise MailRefused("the headers that were written are not those that were meant")


def _body(mail: OutgoingMail) -> bytes:
    """Return the parts below the headers of their type: nothing that a person typed is among those."""
    message = MIMEMultipart("alternative", policy=_LITERAL)
    for kind, text in (("plain", mail.text), ("html", mail.html)):
        words = MIMENonMultipart("text", kind, policy=_LITERAL)
        words.set_payload(text, _TEXT)
        message.attach(words)
    if mail.attachments:
        texts, message = message, MIMEMultipart("mixed", policy=_LITERAL)
        for part in (texts, *map(_file, mail.attachments)):
            message.attach(part)
    return message.as_bytes()


def _file(attachment: MailAttachment) -> MIMEBase:
    part = MIMEBase(*attachment.media_type.split("/", 1), policy=_LITERAL)
    part.set_payload(attachment.data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=header_filename(attachment.filename))
    return part
