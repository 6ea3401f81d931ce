"""Money as other features see it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from capecontrol.core.money import Money
from capecontrol.features.billing.lifecycle import InvoiceStatus


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    """An invoice as others see it."""

    id: uuid.UUID
    org_id: uuid.UUID
    project_id: uuid.UUID
    number: str
    title: str
    status: InvoiceStatus
    issued_at: datetime
    total: Money

    @classmethod
    def read(cls, *values: Any) -> "InvoiceSummary":
        """Return what a row says whose last two columns are the amount and its currency."""
        return cls(*[*values[:-2], Money(*values[-2:])])


@dataclass(frozen=True, slots=True)
class UnappliedPayment:
    """Money that found nothing to pay and waits for a person."""

    id: uuid.UUID
    org_id: uuid.UUID
    reason: str
    received_at: datetime
    amount: Money

    @classmethod
    def read(
        cls, identifier: uuid.UUID, org_id: uuid.UUID, note: str | None, received_at: datetime, *amount: Any
    ) -> "UnappliedPayment":
        """Return what a row says whose last two columns are the amount and its currency."""
        return cls(identifier, org_id, note or "", received_at, Money(*amount))
