"""What other features may know of money."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.money import Money
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.dao import IntentDao, InvoiceDao, PaymentDao
from capecontrol.features.billing.models import Invoice


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    """An invoice as others see it."""

    id: uuid.UUID
    org_id: uuid.UUID
    project_id: uuid.UUID
    number: str
    title: str
    status: str
    total: Money
    issued_at: datetime

    @classmethod
    def of(cls, row: Invoice) -> "InvoiceSummary":
        """Return the summary of a row."""
        return cls(
            row.id, row.org_id, row.project_id, row.number, row.title, row.status,
            Money(row.total, row.currency), row.issued_at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnappliedPayment:
    """Money that found nothing to pay and waits for a person."""

    id: uuid.UUID
    org_id: uuid.UUID
    amount: Money
    reason: str
    received_at: datetime


async def revenue(work: UnitOfWork, start: datetime, end: datetime) -> list[Money]:
    """Return what was received in a span of time, by currency."""
    return [Money(amount, currency) for currency, amount in await PaymentDao(work).received_between(start, end)]


async def latest_invoices(work: UnitOfWork, limit: int) -> list[InvoiceSummary]:
    """Return the newest invoices of the scope."""
    return [InvoiceSummary.of(row) for row in await InvoiceDao(work).latest(limit)]


async def paid_proposals(work: UnitOfWork, proposal_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the proposals that are paid."""
    return await IntentDao(work).paid_among(list(proposal_ids))


async def unapplied_payments(work: UnitOfWork, limit: int) -> list[UnappliedPayment]:
    """Return money that waits for a person's decision, oldest first."""
    return [
        UnappliedPayment(row.id, row.org_id, Money(row.amount, row.currency), row.note or "", row.received_at)
        for row in await PaymentDao(work).unapplied(limit)
    ]
