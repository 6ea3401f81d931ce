"""What the audit log says of acts on money."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import Data, Wording, phrase

#: What Stripe reported, by the type of the event that it sent. The product acts on those of checkouts; an account
#: may be set up to send the others as well, which are kept.
_STRIPE_EVENTS = {
    "checkout.session.completed": "Reported a completed checkout",
    "checkout.session.async_payment_succeeded": "Reported a payment",
    "checkout.session.async_payment_failed": "Reported a failed payment",
    "checkout.session.expired": "Reported an expired checkout",
    "payment_intent.processing": "Reported a payment in progress",
    "payment_intent.succeeded": "Reported a payment",
    "payment_intent.payment_failed": "Reported a failed payment",
    "payment_intent.canceled": "Reported a cancelled payment",
    "charge.refunded": "Reported a refund",
    "charge.dispute.created": "Reported a dispute",
    "charge.dispute.closed": "Reported the end of a dispute",
}


def _sent(data: Data) -> str:
    """Say what Stripe reported; of a type that has no words, its name."""
    kind = data.get("type")
    return _STRIPE_EVENTS.get(kind, f"Reported the event {kind}") if isinstance(kind, str) else "Reported an event"


AUDIT_AREAS = (
    AuditArea(
        "payment.",
        "Payments",
        {
            "payment.intended": phrase("Started a payment"),
            "payment.checkout_opened": phrase("Opened a payment page"),
            "payment.processing": phrase("Payment is being processed"),
            "payment.received": phrase("Received the payment for invoice {number}"),
            "payment.failed": phrase("Payment failed"),
            "payment.expired": phrase("Payment page expired"),
            "payment.cancelled": phrase("Closed a payment page"),
            "payment.unconfirmed": phrase("Payment could not be confirmed"),
            "payment.unapplied": phrase("Received a payment that matches no invoice"),
            **export_acts("payment", "payments"),
        },
    ),
    AuditArea(
        "invoice.",
        "Invoices",
        {"invoice.issued": phrase("Issued invoice {number}"), **export_acts("invoice", "invoices")},
    ),
    AuditArea("stripe_event.", "Stripe events", {"stripe_event.received": Wording(frozenset({"type"}), _sent)}),
)
