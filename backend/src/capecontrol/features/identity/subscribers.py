"""Reactions: mails that strangers caused are written, and operators hear of changes of the business's details."""

from typing import Any

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.business.events import BankDetailsChanged, ContactChanged
from capecontrol.features.identity.actions.mail_strangers import mail_requested_verification, tell_of_known_address
from capecontrol.features.identity.actions.tell_operators import tell_of_bank_details, tell_of_contact
from capecontrol.features.identity.events import KnownAddressRegistered, VerificationRequested

SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(
        event=VerificationRequested,
        consumer="identity.mail_verification",
        handle=mail_requested_verification,
    ),
    Subscription(
        event=KnownAddressRegistered,
        consumer="identity.tell_of_known_address",
        handle=tell_of_known_address,
    ),
    Subscription(
        event=BankDetailsChanged,
        consumer="identity.tell_of_bank_details",
        handle=tell_of_bank_details,
        lane=Lane.MAIL,
    ),
    Subscription(
        event=ContactChanged,
        consumer="identity.tell_of_contact",
        handle=tell_of_contact,
        lane=Lane.MAIL,
    ),
)
