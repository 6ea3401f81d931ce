"""What people are told of payments and invoices."""

from capecontrol.core.activity import (
    AMOUNT_MEMBERS,
    ActivityIcon,
    ActivityKind,
    ActivityTone,
    Visibility,
    member,
    phrase,
)
from capecontrol.core.links import Pages

PROJECT = Pages.project("{subject_id}")

PAYMENT_INTENDED = ActivityKind(
    "payment.intended",
    phrase("Payment started"),
    tells_amount=True,
    members=AMOUNT_MEMBERS,
    page=PROJECT,
)
#: Told until 20261123_0012 beside the click that led there; such entries stay.
CHECKOUT_OPENED = ActivityKind(
    "payment.checkout_opened", phrase("Payment page opened"), visibility=Visibility.STAFF, page=PROJECT
)
PAYMENT_RECEIVED = ActivityKind(
    "payment.received",
    phrase("Payment received"),
    tells_amount=True,
    members=AMOUNT_MEMBERS,
    page=PROJECT,
    icon=ActivityIcon.BANKNOTES,
    tone=ActivityTone.OK,
)
PAYMENT_UNAPPLIED = ActivityKind(
    "payment.unapplied",
    phrase("Unmatched payment"),
    member("reason"),
    members=("reason",),
    visibility=Visibility.STAFF,
    page=PROJECT,
)
INVOICE_ISSUED = ActivityKind(
    "invoice.issued",
    phrase("Invoice issued"),
    member("number"),
    members=("number",),
    page=Pages.invoice("{resource_id}"),
    icon=ActivityIcon.BANKNOTES,
)

ACTIVITY = (PAYMENT_INTENDED, CHECKOUT_OPENED, PAYMENT_RECEIVED, PAYMENT_UNAPPLIED, INVOICE_ISSUED)
