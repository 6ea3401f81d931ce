"""What billing needs from outside: somebody who takes card payments on a page of their own."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class GatewayError(Exception):
    """The payment provider did not do what was asked. The message is for the log, never for a client."""


class GatewayUnavailable(GatewayError):
    """No answer, a server's error or a rate limit: the same call with the same idempotency key may be tried again."""


class GatewayRefused(GatewayError):
    """The provider understood and said no (a bad key, a bad parameter): trying again does not help."""


class GatewayUnknown(GatewayRefused):
    """The provider knows no such thing: it is gone, or belongs to another account than the key."""


class CheckoutStatus(StrEnum):
    """The state of a Checkout session at the provider."""

    OPEN = "OPEN"
    COMPLETE = "COMPLETE"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """One line of the payment page: a text and a rounded amount in minor units, tax included or a line of its own."""

    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """A payment page to be opened. The lines' amounts add up to exactly what is to be paid."""

    payment_intent_id: UUID
    customer_id: str
    currency: str
    lines: tuple[CheckoutLine, ...]
    success_url: str
    cancel_url: str
    expires_at: datetime
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    """An opened payment page: where to send the payer, and until when."""

    id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CheckoutState:
    """What the provider says about a session now.

    ``amount_total`` in minor units of ``currency`` (upper case); ``payment_status`` is ``paid``, ``unpaid`` (not yet)
    or ``failed`` (never: a delayed method was refused after the page was complete).
    """

    id: str
    status: CheckoutStatus
    payment_status: str
    amount_total: int
    currency: str
    provider_payment_id: str | None
    metadata: dict[str, str] = field(default_factory=dict)
    url: str | None = None

    @property
    def is_paid(self) -> bool:
        """Tell whether the money is there (a completed session may still wait for it)."""
        return self.status is CheckoutStatus.COMPLETE and self.payment_status == "paid"

    @property
    def is_under_way(self) -> bool:
        """Tell whether the payer is through and the money is not there: a debit takes days."""
        return self.status is CheckoutStatus.COMPLETE and self.payment_status == "unpaid"

    @property
    def is_lost(self) -> bool:
        """Tell whether the payer was through and the money will never come."""
        return self.status is CheckoutStatus.COMPLETE and self.payment_status == "failed"


class PaymentGateway(Protocol):
    """A payment provider with hosted pages. Every call has a total deadline and is never repeated by itself."""

    async def create_customer(self, org_id: UUID, name: str, email: str, idempotency_key: str) -> str:
        """Make the organization known to the provider; return the provider's id of it."""
        ...

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Open a payment page. The same request with the same key returns the same page.

        ``expires_at`` must lie between 30 minutes and 24 hours ahead (a limit of Stripe's).
        """
        ...

    async def get_checkout(self, session_id: str) -> CheckoutState:
        """Return the present state of a payment page.

        Raises:
            GatewayUnknown: the provider knows no such page.
        """
        ...

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        """Close a payment page, if it is open, and return the state it is in then: a payer may have been faster.

        Raises:
            GatewayUnknown: the provider knows no such page.
        """
        ...
