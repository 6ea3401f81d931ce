"""What the audit log says of acts on money."""

from capecontrol.core.audit import AuditArea, export_acts
from capecontrol.core.wording import phrase

AUDIT_AREAS = (
    AuditArea(
        "payment.",
        "Payments",
        {
            "payment.intended": phrase("Started a payment"),
            "payment.checkout_opened": phrase("Opened a payment page"),
            "payment.processing": phrase("Payment is being processed"),
            "payment.received": phrase("Received a payment"),
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
    AuditArea("stripe_event.", "Stripe events", {"stripe_event.received": phrase("Received the Stripe event {type}")}),
)
