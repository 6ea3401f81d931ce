"""The local mailbox: every mail that would have been sent, as a file that any mail program opens."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from capecontrol.adapters.email.message import Sender, compose
from capecontrol.core.clock import Clock
from capecontrol.features.notifications.ports import MailAttachment, MailUnavailable, OutgoingMail

_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml")


@dataclass(frozen=True, slots=True)
class MailedFile:
    """An attachment, without its bytes."""

    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class LocalMail:
    """A mail in the local mailbox."""

    id: UUID
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[MailedFile, ...]
    sent_at: datetime


class LocalMailbox:
    """A ``Mailer`` that keeps mails in a folder: one file each, named by its id, so a repeat changes nothing."""

    def __init__(self, folder: Path, mail_from: str, clock: Clock) -> None:
        """Use a folder; it is made when the first mail comes."""
        self._folder = folder
        self._sender = Sender(mail_from)
        self._clock = clock

    async def deliver(self, mail: OutgoingMail) -> None:
        """Keep the mail."""
        message = compose(mail, self._sender, self._clock)
        try:
            await asyncio.to_thread(self._keep, mail.message_id, message)
        except OSError as error:
            raise MailUnavailable(type(error).__name__) from error

    async def list_mails(self, limit: int = 200) -> list[LocalMail]:
        """Return the mails, newest first."""
        return await asyncio.to_thread(lambda: [_read(path) for path in self._newest(limit)])

    async def get_mail(self, mail_id: UUID) -> LocalMail | None:
        """Return one mail, or None."""
        path = self._path(mail_id)
        return await asyncio.to_thread(lambda: _read(path) if path.is_file() else None)

    async def read_attachment(self, mail_id: UUID, index: int) -> MailAttachment | None:
        """Return the bytes of a mail's attachment by its place (from 0), or None when there is none."""
        return await asyncio.to_thread(self._attachment, mail_id, index)

    def _path(self, mail_id: UUID) -> Path:
        return self._folder / f"{mail_id}.eml"

    def _keep(self, mail_id: UUID, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(mail_id)
        if path.exists():
            return
        # Written beside and renamed: a reader never sees half a mail.
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as half:
            half.write(data)
        Path(half.name).replace(path)

    def _newest(self, limit: int) -> list[Path]:
        if not self._folder.is_dir():
            return []
        paths = [path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        # The file's own time orders mails of one second; the id (UUIDv7) decides the rest.
        return sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)[:limit]

    def _attachment(self, mail_id: UUID, index: int) -> MailAttachment | None:
        path = self._path(mail_id)
        if not path.is_file():
            return None
        files = list(_files(_parse(path)))
        if not 0 <= index < len(files):
            return None
        file, data = files[index]
        return MailAttachment(file.filename, file.media_type, data)


def _parse(path: Path) -> EmailMessage:
    # Bytes beyond ASCII would be strange to the library; they are those of an address.
    message: EmailMessage = message_from_string(path.read_bytes().decode(), _class=EmailMessage, policy=modern)
    return message


def _read(path: Path) -> LocalMail:
    message = _parse(path)
    return LocalMail(
        id=UUID(path.stem),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(file for file, _ in _files(message)),
        sent_at=parsedate_to_datetime(str(message["Date"])).astimezone(UTC),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _files(message: EmailMessage) -> Iterator[tuple[MailedFile, bytes]]:
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        yield MailedFile(part.get_filename() or "file", part.get_content_type(), len(data)), data
