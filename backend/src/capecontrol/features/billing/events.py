"""What happens in billing, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event
from capecontrol.core.inbox.webhook import Provider, WebhookStored


class StripeWebhookStored(WebhookStored):
    """A webhook of Stripe waits in the inbox to be applied."""

    topic: ClassVar[str] = "billing.stripe_webhook_stored.v1"


STRIPE = Provider(name="stripe", announces=StripeWebhookStored)


class StripeEventReceived(Event):
    """Release 0.1.0 stored a webhook of Stripe in a table of its own. No later release announces this."""

    topic: ClassVar[str] = "billing.stripe_event_received.v1"

    stripe_event_id: uuid.UUID


class CheckoutCheckDue(Event):
    """An open payment page has been silent for a while: the provider is to be asked."""

    topic: ClassVar[str] = "billing.checkout_check_due.v1"

    session_id: str


class InvoicePaid(Event):
    """Money came in and its invoice was issued."""

    topic: ClassVar[str] = "billing.invoice_paid.v1"

    invoice_id: uuid.UUID
    project_id: uuid.UUID
    proposal_id: uuid.UUID
