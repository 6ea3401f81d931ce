"""What happens in billing, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event


class CheckoutCheckDue(Event):
    """A payment page has been silent for a while: the provider is to be asked."""

    topic: ClassVar[str] = "billing.checkout_check_due.v1"

    session_id: str


class CheckoutWithdrawn(Event):
    """A payment page of ours is not to take money any more: the provider is to close it."""

    topic: ClassVar[str] = "billing.checkout_withdrawn.v1"

    session_id: str


class PaymentFailed(Event):
    """A payer was through with the page, and the money will not come."""

    topic: ClassVar[str] = "billing.payment_failed.v1"

    payment_intent_id: uuid.UUID


class InvoicePaid(Event):
    """Money came in and its invoice was issued."""

    topic: ClassVar[str] = "billing.invoice_paid.v1"

    invoice_id: uuid.UUID
    project_id: uuid.UUID
    proposal_id: uuid.UUID
