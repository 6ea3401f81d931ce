"""What other features may know of money."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.dao.invoices import INVOICE_SEARCH, InvoiceDao, invoice_code, invoice_title
from capecontrol.features.billing.dao.payments import PaymentDao, money_received
from capecontrol.features.billing.permissions import PROPOSALS_PAY
from capecontrol.features.billing.summary import InvoiceSummary, UnappliedPayment

__all__ = [
    "INVOICE_SEARCH",
    "PROPOSALS_PAY",
    "InvoiceSummary",
    "UnappliedPayment",
    "invoice_code",
    "invoice_title",
    "latest_invoices",
    "money_received",
    "unapplied_payments",
]


async def latest_invoices(work: UnitOfWork, limit: int) -> list[InvoiceSummary]:
    """Return the newest invoices of the scope."""
    return await InvoiceDao(work).latest(limit)


async def unapplied_payments(work: UnitOfWork, limit: int) -> list[UnappliedPayment]:
    """Return money that waits for a person's decision, oldest first."""
    return await PaymentDao(work).unapplied(limit)
