"""Where mails arrive: an SMTP server that writes each into the ledger before it says yes."""

import re
from email.header import decode_header, make_header
from email.message import Message

from aiosmtpd import handlers
from aiosmtpd.controller import Controller

from ledger import Ledger

#: How the keys of mails about something begin.
OFFER, DECISION, INVOICE = "mail-sent:", "mail-told:", "mail-invoice:"
_PROPOSAL = re.compile(r"proposal-([0-9a-f]{32})")
_INVOICE = re.compile(r"\b(INV-\d{4}-\d+)\b")


class Sink(handlers.Message):
    """Notes what a mail is about and its Message-ID, on the disk; the server answers only after that."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        super().__init__()
        self._ledger = ledger

    def handle_message(self, message: Message) -> None:
        """Take a mail."""
        message_id = str(message["Message-ID"]).strip("<> \r\n").partition("@")[0]
        subject = str(make_header(decode_header(str(message["Subject"]))))
        self._ledger.note("M", about(str(message["X-RcptTo"]), subject), message_id, is_durable=True)


def about(recipient: str, subject: str) -> str:
    """Return the key of a mail: what it brings where its subject names that, else whom it reached."""
    if found := _INVOICE.search(subject):
        return mail_of_invoice(found[1])
    if found := _PROPOSAL.search(subject):
        is_offered = subject.startswith("Proposal from ")
        return mail_of_sending(found[1], recipient) if is_offered else mail_of_decision(found[1], recipient)
    return recipient


def mail_of_sending(name: str, owner: str) -> str:
    """Return the key of the mail that offers a deal's proposal to an owner."""
    return f"{OFFER}{name}:{owner}"


def mail_of_decision(name: str, staff: str) -> str:
    """Return the key of the mail that tells staff what an owner decided."""
    return f"{DECISION}{name}:{staff}"


def mail_of_invoice(number: str) -> str:
    """Return the key of the mail that brings an invoice."""
    return f"{INVOICE}{number}"


def open_sink(ledger: Ledger, port: int) -> Controller:
    """Start the sink on the loopback address; call ``stop()`` on it in the end."""
    controller = Controller(Sink(ledger), hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    return controller
