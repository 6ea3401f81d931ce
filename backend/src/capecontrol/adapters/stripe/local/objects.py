"""Stripe-shaped objects, as far as CapeControl and the SDK read them (API version 2026-10-28)."""

import secrets
from typing import Literal

from pydantic import BaseModel, Field

Body = dict[str, object]


def new_id(prefix: str) -> str:
    """Return an unguessable id in Stripe's manner (``cs_test_…``)."""
    return f"{prefix}_{secrets.token_hex(16)}"


class StripeObject(BaseModel):
    """What every object has."""

    id: str
    object: str
    created: int
    livemode: Literal[False] = False

    def public(self) -> Body:
        """Return the JSON that the API answers with."""
        return self.model_dump(mode="json")


class Customer(StripeObject):
    """``cus_…``."""

    object: str = "customer"
    name: str | None = None
    email: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class Line(BaseModel):
    """One line of a session; not part of the session's JSON unless asked for."""

    description: str
    quantity: int
    unit_amount: int

    @property
    def amount(self) -> int:
        """Minor units."""
        return self.quantity * self.unit_amount


class PaymentError(BaseModel):
    """Why the last attempt failed."""

    code: str
    decline_code: str
    message: str
    type: str = "card_error"


class PaymentIntent(StripeObject):
    """``pi_…``: made when the payer tries for the first time."""

    object: str = "payment_intent"
    amount: int
    amount_received: int = 0
    currency: str
    customer: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    status: Literal["requires_payment_method", "processing", "succeeded", "canceled"] = "requires_payment_method"
    last_payment_error: PaymentError | None = None
    latest_charge: str | None = None
    payment_method_types: list[str] = Field(default_factory=lambda: ["card"])


class Charge(StripeObject):
    """``ch_…``."""

    object: str = "charge"
    amount: int
    currency: str
    customer: str | None = None
    payment_intent: str
    paid: bool = True
    status: str = "succeeded"


class CheckoutSession(StripeObject):
    """``cs_test_…``."""

    object: str = "checkout.session"
    amount_subtotal: int
    amount_total: int
    cancel_url: str | None = None
    client_reference_id: str | None = None
    currency: str
    customer: str | None = None
    expires_at: int
    metadata: dict[str, str] = Field(default_factory=dict)
    mode: Literal["payment"] = "payment"
    payment_intent: str | None = None
    payment_method_types: list[str] = Field(default_factory=lambda: ["card"])
    payment_status: Literal["unpaid", "paid"] = "unpaid"
    status: Literal["open", "complete", "expired"] = "open"
    success_url: str
    ui_mode: str = "hosted_page"
    url: str | None

    lines: list[Line]
    intent_metadata: dict[str, str] = Field(default_factory=dict)
    attempted_payment: str | None = None
    is_debit_refused: bool = False

    @property
    def is_debit_under_way(self) -> bool:
        """Tell whether the payer is through and the bank is not: nobody knows yet whether money comes."""
        return self.status == "complete" and self.payment_status == "unpaid" and not self.is_debit_refused

    def public(self) -> Body:
        """Return the JSON that the API answers with, without what only the local Stripe needs."""
        return self.model_dump(
            mode="json", exclude={"lines", "intent_metadata", "attempted_payment", "is_debit_refused"}
        )


class EventData(BaseModel):
    """The object as it was when the event was made."""

    object: Body


def _no_request() -> dict[str, str | None]:
    return {"id": None, "idempotency_key": None}


class Event(StripeObject):
    """``evt_…``."""

    object: str = "event"
    api_version: str
    type: str
    data: EventData
    pending_webhooks: int = 1
    request: dict[str, str | None] = Field(default_factory=_no_request)
