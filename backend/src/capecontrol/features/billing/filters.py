"""What readers of payments and invoices look for."""

import uuid

from pydantic import Field

from capecontrol.core.instant import Instant
from capecontrol.core.lists.list_filter import ListFilter, Words
from capecontrol.features.billing.lifecycle import InvoiceStatus
from capecontrol.features.billing.models import PaymentStatus


class PaymentFilter(ListFilter):
    """The filter of the list of payments."""

    status: PaymentStatus | None = Field(default=None, description="With this status.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    since: Instant | None = Field(default=None, alias="from", description="Received at or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Received before this time.")
    q: Words = Field(default=None, description="The ID of the payment at the payment provider.")


class InvoiceFilter(ListFilter):
    """The filter of the list of invoices."""

    project_id: uuid.UUID | None = Field(default=None, description="Of this project.")
    status: InvoiceStatus | None = Field(default=None, description="With this status.")
    org_id: uuid.UUID | None = Field(default=None, description="Of this organization.")
    since: Instant | None = Field(default=None, alias="from", description="Issued at or after this time.")
    until: Instant | None = Field(default=None, alias="to", description="Issued before this time.")
    q: Words = Field(default=None, description="Words from the number or the title, or an ID.")
