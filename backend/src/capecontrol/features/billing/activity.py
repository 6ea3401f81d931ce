"""What people are told of payments and invoices."""

from capecontrol.core.activity import (
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Visibility,
    amount,
    member,
    nothing,
    phrase,
)
from capecontrol.core.links import Pages

PROJECT = Pages.project("{subject_id}")

PAYMENT_INTENDED = ActivityKind("payment.intended", phrase("The client went to pay"), amount, page=PROJECT)
CHECKOUT_OPENED = ActivityKind(
    "payment.checkout_opened", phrase("The payment page was opened"), nothing, Visibility.STAFF, PROJECT
)
PAYMENT_RECEIVED = ActivityKind(
    "payment.received",
    phrase("A payment was received"),
    amount,
    page=PROJECT,
    icon=ActivityIcon.MONEY,
    tone=ActivityTone.OK,
)
PAYMENT_UNAPPLIED = ActivityKind(
    "payment.unapplied", phrase("A payment needs a decision"), member("reason"), Visibility.STAFF, PROJECT
)
INVOICE_ISSUED = ActivityKind(
    "invoice.issued",
    phrase("An invoice was issued"),
    member("number"),
    page=Pages.invoice("{resource_id}"),
    icon=ActivityIcon.MONEY,
)

ACTIVITY = (PAYMENT_INTENDED, CHECKOUT_OPENED, PAYMENT_RECEIVED, PAYMENT_UNAPPLIED, INVOICE_ISSUED)
