"""A mail as the standard library's message: what SMTP carries and the local mailbox keeps."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from capecontrol.core.clock import Clock
from capecontrol.features.notifications.ports import MailRefused, OutgoingMail

_ONE_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")


class Sender:
    """Who our mails come from."""

    def __init__(self, mail_from: str) -> None:
        """Take ``Name <address>`` or an address.

        Raises:
            ValueError: it holds no address.
        """
        name, address = parseaddr(mail_from)
        user, at, domain = address.rpartition("@")
        if not at or not user or not domain or any(c in mail_from for c in "\r\n\x00"):
            raise ValueError("MAIL_FROM must be an address, or a name and an address in angle brackets")
        self.domain = domain
        self.address = address
        self.header = Address(name, addr_spec=address)

    def header_for(self, mail: OutgoingMail) -> Address:
        """Return who a mail comes from: the name that it is written in, at our address."""
        return Address(mail.sender_name, addr_spec=self.address) if mail.sender_name else self.header


def check_recipient(mail: OutgoingMail) -> None:
    """Check that a mail goes to one address: a comma would make two of it.

    Raises:
        MailRefused: it does not.
    """
    if not _ONE_ADDRESS.fullmatch(mail.to):
        raise MailRefused("the recipient's address is not one")


def compose(mail: OutgoingMail, sender: Sender, clock: Clock) -> EmailMessage:
    """Build the message: text first, its HTML twin, then the files.

    Raises:
        MailRefused: the address cannot be written into a header.
    """
    check_recipient(mail)
    message = EmailMessage(policy=SMTP)
    try:
        message["To"] = Address(addr_spec=mail.to)
        message["From"] = sender.header_for(mail)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.message_id}@{sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
    except (ValueError, IndexError) as error:
        raise MailRefused("the recipient's address is not one") from error
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=attachment.filename)
    return message
