"""What happens in notifications."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from capecontrol.core.events import Event


class AttachedFile(BaseModel):
    """A file in object storage that travels with a mail."""

    model_config = ConfigDict(frozen=True)

    key: str
    filename: str
    media_type: str


class MailRequested(Event):
    """Somebody is to get a mail. ``sealed`` holds what must not lie in the database in clear (links with tokens)."""

    topic: ClassVar[str] = "notifications.mail_requested.v1"

    to: str
    template: str
    context: dict[str, object]
    sealed: str | None = None
    attachments: tuple[AttachedFile, ...] = ()
