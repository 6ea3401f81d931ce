"""HTTP, local run only: the mailbox where all mail lands, and the clock that can be moved."""

import re
import uuid
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import Path as InPath
from jinja2 import Environment
from markupsafe import Markup, escape
from pydantic import Field
from starlette.responses import FileResponse, HTMLResponse, Response

from capecontrol.adapters.clock.local import LocalClock
from capecontrol.adapters.email.local import LocalMail, LocalMailbox
from capecontrol.core.http import RequestBody, ResponseBody, Router, provided, public
from capecontrol.core.http.body import Moment
from capecontrol.core.problems import require
from capecontrol.core.templating import templates
from capecontrol.core.work import Units

router = Router("local run")

STYLE = Path(__file__).with_name("pages") / "local.css"
_LINK = re.compile(r"https?://[^\s<>\"]+")
#: The mail's own HTML: its style is inline as mails need it, the logo is this installation's, nothing runs, links open
#: the whole page.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-top-navigation-by-user-activation allow-popups-to-escape-sandbox"
)
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class AttachmentOut(ResponseBody):
    """A file of a mail."""

    filename: str
    media_type: str
    size: int
    url: str


class MailOut(ResponseBody):
    """A mail as it was sent."""

    id: uuid.UUID
    to: str
    subject: str
    text: str
    html: str
    attachments: list[AttachmentOut]
    sent_at: Moment

    @classmethod
    def from_mail(cls, mail: LocalMail) -> "MailOut":
        """Return the answer of a mail."""
        return cls(
            id=mail.id,
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            attachments=[
                AttachmentOut(
                    filename=file.filename,
                    media_type=file.media_type,
                    size=file.size,
                    url=f"/dev/mailbox/{mail.id}/attachments/{index}",
                )
                for index, file in enumerate(mail.attachments)
            ],
            sent_at=mail.sent_at,
        )


class MailboxOut(ResponseBody):
    """All mail, newest first."""

    items: list[MailOut]


class ClockBody(RequestBody):
    """How far to move the clock."""

    advance_seconds: Annotated[int, Field(ge=0, le=366 * 24 * 3600)]


class ClockOut(ResponseBody):
    """The local clock."""

    now: Moment
    offset_seconds: int


@router.get("/api/dev/mailbox", operation_id="list_local_mails", summary="List the mail of the local run")
async def list_local_mails(
    _units: Annotated[Units, public()], mailbox: Annotated[LocalMailbox, provided(LocalMailbox)]
) -> MailboxOut:
    """Return all mail, newest first."""
    return MailboxOut(items=[MailOut.from_mail(mail) for mail in await mailbox.list_mails()])


@router.post("/api/dev/clock", operation_id="advance_local_clock", summary="Move the local clock")
async def advance_local_clock(
    body: ClockBody,
    units: Annotated[Units, public()],
    clock: Annotated[LocalClock, provided(LocalClock)],
) -> ClockOut:
    """Move the clock of every process of the local run, so that expiry and lockout can be tried."""
    offset = clock.advance(body.advance_seconds)
    return ClockOut(now=units.clock.now(), offset_seconds=int(offset.total_seconds()))


@router.get("/dev/mailbox", operation_id="show_mailbox", summary="Show the mailbox", include_in_schema=False)
async def show_mailbox(
    _units: Annotated[Units, public()], mailbox: Annotated[LocalMailbox, provided(LocalMailbox)]
) -> Response:
    """Return the page with all mail."""
    return _page("mailbox.html", mails=await mailbox.list_mails(), chosen=None)


@router.get("/dev/mailbox/{mail_id}", operation_id="show_mail", summary="Show a mail", include_in_schema=False)
async def show_mail(
    mail_id: Annotated[UUID, InPath()],
    _units: Annotated[Units, public()],
    mailbox: Annotated[LocalMailbox, provided(LocalMailbox)],
) -> Response:
    """Return the page with one mail open."""
    return _page("mailbox.html", mails=await mailbox.list_mails(), chosen=require(await mailbox.get_mail(mail_id)))


@router.get(
    "/dev/mailbox/{mail_id}/html", operation_id="show_mail_html", summary="Show a mail's HTML", include_in_schema=False
)
async def show_mail_html(
    mail_id: Annotated[UUID, InPath()],
    _units: Annotated[Units, public()],
    mailbox: Annotated[LocalMailbox, provided(LocalMailbox)],
) -> Response:
    """Return the mail's own HTML, in a sandbox."""
    mail = require(await mailbox.get_mail(mail_id))
    html = mail.html.replace("<head>", '<head><base target="_top">', 1)
    return HTMLResponse(html, headers={"Content-Security-Policy": _LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"})


@router.get(
    "/dev/mailbox/{mail_id}/attachments/{index}",
    operation_id="get_mail_attachment",
    summary="Download a mail's attachment",
    include_in_schema=False,
)
async def get_mail_attachment(
    mail_id: Annotated[UUID, InPath()],
    index: Annotated[int, InPath(ge=0, le=100)],
    _units: Annotated[Units, public()],
    mailbox: Annotated[LocalMailbox, provided(LocalMailbox)],
) -> Response:
    """Return the file."""
    file = require(await mailbox.read_attachment(mail_id, index))
    disposition = f'attachment; filename="{file.filename}"'
    return Response(file.data, media_type=file.media_type, headers={"Content-Disposition": disposition})


@router.get("/dev/local.css", operation_id="get_local_style", summary="The style", include_in_schema=False)
async def get_local_style(_units: Annotated[Units, public()]) -> Response:
    """Return the style of the local pages."""
    return FileResponse(STYLE, media_type="text/css")


def _page(name: str, **values: object) -> Response:
    html = _environment().get_template(name).render(values)
    return HTMLResponse(html, headers={"Content-Security-Policy": _PAGE_POLICY})


def _environment() -> Environment:
    environment = templates("capecontrol.local", "pages")
    environment.filters["linked"] = linked
    return environment


def linked(text: str) -> Markup:
    """Return a mail's plain text with its addresses as links."""
    parts, last = [], 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[last : match.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(match.group()))
        last = match.end()
    parts.append(escape(text[last:]))
    return Markup("").join(parts)
