"""What people are told of payments and invoices."""

from capecontrol.core.activity import AMOUNT_MEMBERS, ActivityIcon, ActivityKind, ActivityTone, Visibility, member
from capecontrol.core.links import Pages
from capecontrol.core.wording import Data, Wording, phrase

PROJECT = Pages.project("{subject_id}")


def _invoice(data: Data) -> str | None:
    number = data.get("number")
    return f"Invoice {number}" if number else None


#: Told until 20261123_1450 beside the payment that came of it, as was the invoice; such entries stay.
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
    Wording(frozenset({"number"}), _invoice),
    tells_amount=True,
    members=(*AMOUNT_MEMBERS, "number"),
    page=Pages.project_invoices("{subject_id}"),
    icon=ActivityIcon.BANKNOTES,
    tone=ActivityTone.OK,
)
PAYMENT_PROCESSING = ActivityKind(
    "payment.processing",
    phrase("Payment is being processed"),
    tells_amount=True,
    members=AMOUNT_MEMBERS,
    page=PROJECT,
    icon=ActivityIcon.BANKNOTES,
)
PAYMENT_FAILED = ActivityKind(
    "payment.failed",
    phrase("Payment failed"),
    tells_amount=True,
    members=AMOUNT_MEMBERS,
    page=PROJECT,
    icon=ActivityIcon.BANKNOTES,
    tone=ActivityTone.BAD,
)
PAYMENT_UNCONFIRMED = ActivityKind(
    "payment.unconfirmed",
    phrase("Payment could not be confirmed"),
    tells_amount=True,
    members=AMOUNT_MEMBERS,
    visibility=Visibility.STAFF,
    page=PROJECT,
    icon=ActivityIcon.BANKNOTES,
    tone=ActivityTone.BAD,
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

ACTIVITY = (
    PAYMENT_INTENDED,
    CHECKOUT_OPENED,
    PAYMENT_PROCESSING,
    PAYMENT_RECEIVED,
    PAYMENT_FAILED,
    PAYMENT_UNCONFIRMED,
    PAYMENT_UNAPPLIED,
    INVOICE_ISSUED,
)
