"""Stripe's webhooks: who sends them, how they are announced, and what is read of them."""

import uuid
from typing import ClassVar, Protocol

from capecontrol.core.events import Event
from capecontrol.core.inbox.webhook import Provider, WebhookStored, WebhookVerifier


class StripeWebhookStored(WebhookStored):
    """A webhook of Stripe waits in the inbox to be applied."""

    topic: ClassVar[str] = "billing.stripe_webhook_stored.v1"


STRIPE = Provider(name="stripe", announces=StripeWebhookStored)


class StripeWebhooks(WebhookVerifier, Protocol):
    """Tells Stripe's webhooks from forgeries, and reads them."""

    def hinted_object(self, payload: bytes) -> str:
        """Return the id of the object that a webhook hints at, which is to be fetched anew; empty if it has none.

        Raises:
            WebhookRefused: the content is no event.
        """
        ...


class StripeEventReceived(Event):
    """Release 0.1.0 stored a webhook of Stripe in a table of its own. No later release announces this."""

    topic: ClassVar[str] = "billing.stripe_event_received.v1"

    stripe_event_id: uuid.UUID
