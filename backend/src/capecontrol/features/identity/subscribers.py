"""Reactions: operators hear of it when the business's bank or contact details change."""

from typing import Any

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.business.events import BankDetailsChanged, ContactChanged
from capecontrol.features.identity.actions.tell_operators import tell_of_bank_details, tell_of_contact

SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
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
