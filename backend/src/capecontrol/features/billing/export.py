"""Invoices and payments as files: what stands in their columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.features.billing.dao.invoices import INVOICES, balance_shown, buyer_says
from capecontrol.features.billing.dao.payments import PAYMENTS
from capecontrol.features.billing.models import Invoice, Payment
from capecontrol.features.organizations.interface import organization_to_join

_ORGANIZATION = organization_to_join(Payment.org_id)

#: The client and the project as they were when the invoice was issued.
INVOICES_CSV = CsvList(
    "invoices",
    INVOICES,
    Column.text("number", Invoice.number),
    Column.text("title", Invoice.title),
    Column.own("status", Invoice.status),
    Column.text("client", buyer_says("name")),
    Column.text("project", buyer_says("project_code")),
    Column.amount("subtotal", Invoice.subtotal, Invoice.currency),
    Column.amount("tax", Invoice.tax, Invoice.currency),
    Column.amount("total", Invoice.total, Invoice.currency),
    Column.amount("balance", balance_shown(), Invoice.currency),
    Column.text("currency", Invoice.currency),
    Column.moment("issued_at", Invoice.issued_at),
    Column.moment("paid_at", Invoice.paid_at),
    Column.own("id", Invoice.id),
    area="invoice",
)
PAYMENTS_CSV = CsvList(
    "payments",
    PAYMENTS,
    Column.moment("received_at", Payment.received_at),
    Column.amount("amount", Payment.amount, Payment.currency),
    Column.text("currency", Payment.currency),
    Column.own("status", Payment.status),
    Column.text("note", Payment.note),
    Column.text("organization", _ORGANIZATION.c.name),
    Column.own("id", Payment.id),
    area="payment",
    joins=[_ORGANIZATION],
)
