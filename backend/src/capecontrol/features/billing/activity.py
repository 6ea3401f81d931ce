"""What people are told of payments and invoices."""

from capecontrol.core.activity import (
    AMOUNT,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Visibility,
    member,
    phrase,
)
from capecontrol.core.links import Pages

PROJECT = Pages.project("{subject_id}")

SUM = ("amount", "currency")

PAYMENT_INTENDED = ActivityKind(
    "payment.intended",
    phrase("The client went to pay"),
    AMOUNT,
    members=SUM,
    client_title=phrase("A payment was started"),
    page=PROJECT,
)
CHECKOUT_OPENED = ActivityKind(
    "payment.checkout_opened", phrase("The payment page was opened"), visibility=Visibility.STAFF, page=PROJECT
)
PAYMENT_RECEIVED = ActivityKind(
    "payment.received",
    phrase("A payment was received"),
    AMOUNT,
    members=SUM,
    page=PROJECT,
    icon=ActivityIcon.BANKNOTES,
    tone=ActivityTone.OK,
)
PAYMENT_UNAPPLIED = ActivityKind(
    "payment.unapplied",
    phrase("A payment needs a decision"),
    member("reason"),
    members=("reason",),
    visibility=Visibility.STAFF,
    page=PROJECT,
)
INVOICE_ISSUED = ActivityKind(
    "invoice.issued",
    phrase("An invoice was issued"),
    member("number"),
    members=("number",),
    page=Pages.invoice("{resource_id}"),
    icon=ActivityIcon.BANKNOTES,
)

ACTIVITY = (PAYMENT_INTENDED, CHECKOUT_OPENED, PAYMENT_RECEIVED, PAYMENT_UNAPPLIED, INVOICE_ISSUED)
