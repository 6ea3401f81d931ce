"""The states of money, pure."""

from enum import StrEnum


class IntentStatus(StrEnum):
    """The status of a payment: CREATED → CHECKOUT_OPEN → SUCCEEDED, FAILED, EXPIRED or CANCELLED."""

    CREATED = "CREATED"
    CHECKOUT_OPEN = "CHECKOUT_OPEN"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"

    @property
    def is_open(self) -> bool:
        """Tell whether a payer may still be at work."""
        return self in (IntentStatus.CREATED, IntentStatus.CHECKOUT_OPEN)


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
