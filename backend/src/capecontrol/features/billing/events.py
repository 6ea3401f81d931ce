"""What happens in billing, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event


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
