"""What notifications need from outside: somebody who carries mail."""

import unicodedata
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

#: Control characters, and what some readers take for the end of a line.
_BREAKS = frozenset({"Cc", "Zl", "Zp"})


class MailUnavailable(Exception):
    """The carrier did not take the mail now; the same mail may be tried again."""


class MailRefused(Exception):
    """The carrier will never take this mail (a wrong address, a mail that is too big).

    Its text is logged: the carrier's codes and nobody's address.
    """


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that travels with a mail."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One rendered mail to one address.

    ``message_id`` is the outbox's id of the message: the carrier uses it as idempotency key where it knows such a
    thing, and as ``Message-ID`` always, so that what at-least-once delivery doubles can be told apart.
    """

    message_id: UUID
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[MailAttachment, ...] = ()
    #: In whose name it is written; empty where the carrier's own sender says it.
    sender_name: str = ""
    #: Who reads the answers; empty where that is the carrier's own sender.
    reply_to: str = ""

    def __post_init__(self) -> None:
        """Refuse what ends a line in what becomes a header: it would start a header of the writer's choice."""
        headers = [self.to, self.subject, self.sender_name, self.reply_to]
        for attachment in self.attachments:
            headers += [attachment.filename, attachment.media_type]
        if any(unicodedata.category(character) in _BREAKS for value in headers for character in value):
            raise MailRefused("a header of this mail contains a control character")


class Mailer(Protocol):
    """Carries mail: SMTP, Resend, or the local mailbox."""

    async def deliver(self, mail: OutgoingMail) -> None:
        """Hand one mail over, within a total deadline. Delivering the same ``message_id`` again does no harm.

        Raises:
            MailUnavailable: not now.
            MailRefused: never.
        """
        ...
