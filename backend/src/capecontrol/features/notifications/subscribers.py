"""Reactions: a requested mail is written and handed to the carrier."""

import json
from typing import Any

from capecontrol.core.business import Business
from capecontrol.core.links import Links
from capecontrol.core.outbox.delivery import Delivery, GiveUp
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.notifications.events import MailRequested
from capecontrol.features.notifications.mail_templates import MailTemplates
from capecontrol.features.notifications.ports import MailAttachment, Mailer, MailRefused, OutgoingMail


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
        raise GiveUp("the carrier refuses this mail") from error


SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(event=MailRequested, consumer="notifications.deliver_mail", handle=deliver_mail, lane=Lane.MAIL),
)
