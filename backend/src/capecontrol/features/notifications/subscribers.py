"""Reactions: a requested mail is written and handed to the carrier."""

import json
from typing import Any

import structlog

from capecontrol.core.business import Business
from capecontrol.core.links import Links
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.notifications.events import DELIVERY, MailRequested, MailSettled
from capecontrol.features.notifications.mail_templates import MailTemplates
from capecontrol.features.notifications.ports import MailAttachment, Mailer, MailRefused, OutgoingMail

log = structlog.get_logger("notifications")


async def deliver_mail(event: MailRequested, delivery: Delivery) -> None:
    """Write the mail and hand it over; the message's id makes a repetition recognizable.

    Mail is at least once: when a process dies between the carrier's word and ours, the mail goes out again under the
    same Message-ID.
    """
    secrets = json.loads(delivery.factory.keyring.open(event.sealed)) if event.sealed else {}
    templates = delivery.ports.get(MailTemplates)
    business = delivery.ports.get(Business)
    mail = templates.write(
        templates.restored(event.template, {**event.context, **secrets}),
        business,
        delivery.ports.get(Links).public_url.rstrip("/"),
    )
    storage = delivery.ports.get(ObjectStorage)
    attachments = tuple(
        [MailAttachment(file.filename, file.media_type, await storage.get(file.key)) for file in event.attachments]
    )
    try:
        await delivery.ports.get(Mailer).deliver(
            OutgoingMail(
                message_id=delivery.message_id,
                to=event.to,
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                sender_name=business.name,
                reply_to=business.email or "",
                attachments=attachments,
            )
        )
    except MailRefused as error:
        # The address, what the mail holds, or who we are: whoever runs the installation can tell by the answer alone.
        log.warning("mail.refused", message_id=str(delivery.message_id), reason=str(error))
        raise GiveUp("the carrier refuses this mail") from error
    if event.about is not None:
        delivery.announce_when_done(
            MailSettled(org_id=event.org_id, about=event.about, mail_id=delivery.message_id, to=event.to)
        )


def tell_of_death(event: MailRequested, letter: DeadLetter) -> MailSettled | None:
    """Return what whoever asked for a mail is told when it was given up."""
    if event.about is None:
        return None
    return MailSettled(
        org_id=event.org_id,
        about=event.about,
        mail_id=letter.message_id,
        to=event.to,
        was_refused=letter.was_given_up,
    )


SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(
        event=MailRequested,
        consumer=DELIVERY,
        handle=deliver_mail,
        lane=Lane.MAIL,
        on_dead=tell_of_death,
    ),
)
