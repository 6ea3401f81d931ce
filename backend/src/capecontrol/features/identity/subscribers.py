"""Reactions: operators hear of it when the business's bank details change."""

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.business.events import BankDetailsChanged
from capecontrol.features.identity.actions.tell_operators import tell_of_bank_details

SUBSCRIPTIONS = (
    Subscription(
        event=BankDetailsChanged,
        consumer="identity.tell_of_bank_details",
        handle=tell_of_bank_details,
        lane=Lane.MAIL,
    ),
)
