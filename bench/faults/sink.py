"""Where mails arrive: an SMTP server that writes each into the ledger before it says yes."""

from email.message import Message

from aiosmtpd import handlers
from aiosmtpd.controller import Controller

from ledger import Ledger


class Sink(handlers.Message):
    """Notes recipient and Message-ID, on the disk; the server answers only after that."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger."""
        super().__init__()
        self._ledger = ledger

    def handle_message(self, message: Message) -> None:
        """Take a mail."""
        message_id = str(message["Message-ID"]).strip("<> \r\n").partition("@")[0]
        self._ledger.note("M", str(message["X-RcptTo"]), message_id, is_durable=True)


def open_sink(ledger: Ledger, port: int) -> Controller:
    """Start the sink on the loopback address; call ``stop()`` on it in the end."""
    controller = Controller(Sink(ledger), hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    return controller
