"""How other features send mail."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.documents import MEDIA_TYPE
from capecontrol.core.mail import Mail
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.work import UnitOfWork
from capecontrol.features.notifications.events import (
    DELIVERY,
    AttachedFile,
    MailRequested,
    MailSettled,
    MailSubject,
)

__all__ = ["MailSettled", "MailSubject", "StoredFile", "send_mail", "withdraw_mails"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in object storage to attach."""

    key: str
    filename: str
    media_type: str = MEDIA_TYPE


async def send_mail(
    work: UnitOfWork, mail: Mail, *, to: str, attachments: Sequence[StoredFile] = (), about: MailSubject | None = None
) -> None:
    """Announce a mail in the unit of work: it is sent if, and only if, the unit commits.

    What it is ``about`` is announced again by ``MailSettled``, when the carrier took the mail or it was given up.
    """
    secrets = mail.secrets()
    await work.emit(
        MailRequested(
            org_id=work.scope.org_id if isinstance(work.scope, OrganizationScope) else None,
            to=to,
            template=mail.template,
            context=mail.context(),
            sealed=work.keyring.seal(json.dumps(secrets)) if secrets else None,
            attachments=tuple(
                AttachedFile(key=file.key, filename=file.filename, media_type=file.media_type) for file in attachments
            ),
            about=about,
        )
    )


async def withdraw_mails(work: UnitOfWork, about: MailSubject) -> int:
    """Take back the mails about something that were not delivered yet, or were given up; return how many.

    Nobody needs them any more.
    """
    return await OutboxDao(work).withdraw([DELIVERY], {"about": about.model_dump(mode="json")})
