"""How other features send mail."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.documents import MEDIA_TYPE
from capecontrol.core.mail import Mail
from capecontrol.core.work import UnitOfWork
from capecontrol.features.notifications.events import AttachedFile, MailRequested


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in object storage to attach."""

    key: str
    filename: str
    media_type: str = MEDIA_TYPE


async def send_mail(work: UnitOfWork, mail: Mail, *, to: str, attachments: Sequence[StoredFile] = ()) -> None:
    """Announce a mail in the unit of work: it is sent if, and only if, the unit commits."""
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
        )
    )
