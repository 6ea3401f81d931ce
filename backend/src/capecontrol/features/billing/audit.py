"""What the audit log says of acts on money."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import Data, Title, Wording, phrase

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


def _for(template: str) -> Title:
    """Return the wording of an act on a payment, with what is paid where that is known: ``Started a payment{for}``."""

    def say(data: Data) -> str:
        code = data.get("record_code")
        return template.format_map({"for": f" for {data.get('record_kind')} {code}" if code else ""})

    return Wording(frozenset({"record_kind", "record_code"}), say)


AUDIT_AREAS = (
    AuditArea(
        "payment.",
        "Payments",
        {
            "payment.intended": _for("Started a payment{for}"),
            "payment.checkout_opened": _for("Opened a payment page{for}"),
            "payment.processing": _for("Payment{for} is being processed"),
            "payment.received": phrase("Received the payment for invoice {number}"),
            "payment.failed": _for("Payment{for} failed"),
            "payment.expired": _for("Payment page{for} expired"),
            "payment.cancelled": _for("Closed a payment page{for}"),
            "payment.unconfirmed": _for("Payment{for} could not be confirmed"),
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
