"""The states of money, pure."""

from enum import StrEnum


class IntentStatus(StrEnum):
    """The status of a payment: CREATED → CHECKOUT_OPEN → (PROCESSING) → SUCCEEDED, FAILED, EXPIRED or CANCELLED.

    PROCESSING: the payer is through with the page, and the money is on its way. A debit takes days.
    """

    CREATED = "CREATED"
    CHECKOUT_OPEN = "CHECKOUT_OPEN"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"

    @property
    def is_open(self) -> bool:
        """Tell whether a payer may still be at work."""
        return self in (IntentStatus.CREATED, IntentStatus.CHECKOUT_OPEN)

    @property
    def takes_money(self) -> bool:
        """Tell whether the money that this release expects may still come."""
        return self.is_open or self is IntentStatus.PROCESSING


#: From where an intent goes on to what the provider says of its page. A page's answers may overtake each other on their
#: way to us: "under way" that comes after "failed" or "paid" is old. What was expired or cancelled by us alone and then
#: completed by the payer is followed up.
TO_PROCESSING: frozenset[IntentStatus] = frozenset(
    {IntentStatus.CREATED, IntentStatus.CHECKOUT_OPEN, IntentStatus.EXPIRED, IntentStatus.CANCELLED}
)
#: Nothing comes of an intent any more that is in one of these. Any other stands in the way of a new one.
OVER: frozenset[IntentStatus] = frozenset({IntentStatus.FAILED, IntentStatus.EXPIRED, IntentStatus.CANCELLED})


class InvoiceStatus(StrEnum):
    """The status of an invoice: ISSUED → PAID or VOID."""

    ISSUED = "ISSUED"
    PAID = "PAID"
    VOID = "VOID"


def invoice_number(year: int, sequence: int) -> str:
    """Return the number as people write it: ``INV-2026-0042``."""
    return f"INV-{year}-{sequence:04d}"
