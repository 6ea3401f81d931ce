"""How other features send mail."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.documents import MEDIA_TYPE
from capecontrol.core.work import UnitOfWork
from capecontrol.features.notifications.events import AttachedFile, MailRequested


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in object storage to attach."""

    key: str
    filename: str
    media_type: str = MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class MailRequest:
    """A mail to write from a template of ``mails/``.

    ``context`` is plain JSON and kept in the outbox; ``secrets`` (links with tokens) are sealed until the mail is
    written.
    """

    to: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[StoredFile] = ()


async def send_mail(work: UnitOfWork, request: MailRequest) -> None:
    """Announce a mail in the unit of work: it is sent if, and only if, the unit commits."""
    await work.emit(
        MailRequested(
            org_id=work.scope.org_id if isinstance(work.scope, OrganizationScope) else None,
            to=request.to,
            template=request.template,
            context=dict(request.context),
            sealed=work.keyring.seal(json.dumps(dict(request.secrets))) if request.secrets else None,
            attachments=tuple(
                AttachedFile(key=file.key, filename=file.filename, media_type=file.media_type)
                for file in request.attachments
            ),
        )
    )
