"""What happens in notifications."""

import uuid
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from capecontrol.core.events import Event

#: The consumer that hands mails to the carrier.
DELIVERY = "notifications.deliver_mail"


class AttachedFile(BaseModel):
    """A file in object storage that travels with a mail."""

    model_config = ConfigDict(frozen=True)

    key: str
    filename: str
    media_type: str


class MailSubject(BaseModel):
    """What a mail is about, for whoever wants to know whether it arrived: a word of the feature's own, and an id."""

    model_config = ConfigDict(frozen=True)

    kind: str
    id: uuid.UUID


class MailRequested(Event):
    """Somebody is to get a mail. ``sealed`` holds what must not lie in the database in clear (links with tokens)."""

    topic: ClassVar[str] = "notifications.mail_requested.v1"

    to: str
    template: str
    context: dict[str, object]
    sealed: str | None = None
    attachments: tuple[AttachedFile, ...] = ()
    about: MailSubject | None = None


class MailSettled(Event):
    """The carrier took a mail that is about something, or it was given up: the state of the message says which.

    ``was_refused`` tells, of one that was given up, whether the carrier refused it for good.
    """

    topic: ClassVar[str] = "notifications.mail_settled.v1"

    about: MailSubject
    mail_id: uuid.UUID
    to: str
    was_refused: bool = False
