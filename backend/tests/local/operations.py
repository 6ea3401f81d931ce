"""The local run's mailbox and clock: these routes exist in local and test only."""

import uuid

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.features.notifications.ports import MailAttachment, OutgoingMail
from tests.security.call import Call, about, plain
from tests.security.row import ELSE, Row, public
from tests.security.world import World

_SHOWS = "the local run's mailbox shows all mail to everybody"


async def _mail(world: World) -> str:
    mailbox = world.people.ports.get(LocalMailbox)
    file = MailAttachment("canary.txt", "text/plain", b"canary")
    await mailbox.deliver(OutgoingMail(uuid.uuid4(), "somebody@people.test", "Subject", "Text", "<p>Text</p>", (file,)))
    return str((await mailbox.list_mails())[0].id)


async def _attachment(world: World) -> Call:
    return Call({"mail_id": await _mail(world), "index": "0"})


ROWS = (
    Row("list_local_mails", public(200), {200: ELSE}, fuzz={200, 422}, shows_anybody=_SHOWS),
    Row(
        "advance_local_clock",
        public(200),
        {200: ELSE},
        no_csrf=403,
        call=plain({"advance_seconds": 0}),
        fuzz={200, 400, 422},
        fuzz_keeps={"advance_seconds"},
        no_act="the local run's clock, in local and test only: nothing of the platform changes",
    ),
    Row("show_mailbox", public(200), {200: ELSE}, shows_anybody=_SHOWS),
    Row("show_mail", public(200), {200: ELSE}, unknown=404, call=about("mail_id", _mail), shows_anybody=_SHOWS),
    Row("show_mail_html", public(200), {200: ELSE}, unknown=404, call=about("mail_id", _mail), shows_anybody=_SHOWS),
    Row("get_mail_attachment", public(200), {200: ELSE}, unknown=404, call=_attachment, shows_anybody=_SHOWS),
    Row("get_local_style", public(200), {200: ELSE}),
)
