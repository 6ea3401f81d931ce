"""The payment gateway on Stripe's official SDK; it talks to Stripe or, given its address, to the local Stripe."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import httpx
import stripe
from pydantic import BaseModel, Field
from stripe.params.checkout import SessionRetrieveParams

from capecontrol.adapters.stripe.pricing import price_lines
from capecontrol.core.inbox.webhook import Webhook, WebhookRefused
from capecontrol.features.billing.ports import (
    CheckoutRequest,
    CheckoutSession,
    CheckoutState,
    CheckoutStatus,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
)

#: Pinned: the shapes that this file reads are of this version, whatever the account's default is.
API_VERSION = "2026-10-28.endive"
#: How far a webhook's time may be from ours. The SDK only checks the past.
TOLERANCE_SECONDS = 300
#: One call, from connecting to the last byte. The outbox's lease is longer.
DEADLINE_SECONDS = 20.0

#: A session says "complete" and "unpaid" of a debit that is under way and of one that was refused: its payment tells.
_WITH_PAYMENT: SessionRetrieveParams = {"expand": ["payment_intent"]}
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class _Http(stripe.HTTPXClient):
    """The SDK's httpx client with our own connections.

    A local Stripe on this machine is not looked for behind a proxy, and the body goes out as ``content``: the SDK's way
    (``data``) is deprecated by httpx, and our tests take warnings for errors.
    """

    def __init__(self, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None, is_local: bool) -> None:
        super().__init__(timeout=timeout_seconds)
        self._connections = httpx.AsyncClient(
            transport=transport, trust_env=not is_local, timeout=timeout_seconds, follow_redirects=False
        )

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: str | bytes | None = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send one request; tell of a failed connection only its kind."""
        try:
            answer = await self._connections.request(method.upper(), url, headers=headers, content=post_data)
        except httpx.HTTPError as error:
            raise GatewayUnavailable(type(error).__name__) from error
        return answer.content, answer.status_code, answer.headers

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()


class StripeGateway:
    """Fulfils billing's ``PaymentGateway`` and ``StripeWebhooks``.

    One object per process; its connections belong to that event loop.
    """

    def __init__(
        self,
        secret_key: str,
        webhook_secret: str,
        *,
        api_base: str | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the keys, and the address when it is not Stripe's own (``http://127.0.0.1:8000/dev/stripe``).

        Raises:
            ValueError: a key is empty; an empty webhook secret would let anybody sign.
        """
        if not secret_key.strip() or not webhook_secret.strip():
            raise ValueError("Stripe needs a secret key and a webhook secret")
        stripe.enable_telemetry = False  # it would write an id into the home folder and send timings along
        self._webhook_secret = webhook_secret
        self._deadline_seconds = deadline_seconds
        self._http = _Http(deadline_seconds, transport, is_local=bool(api_base))
        self._client = stripe.StripeClient(
            secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": api_base.rstrip("/")} if api_base else {},
            max_network_retries=0,  # the outbox retries, with the same idempotency key
            http_client=self._http,
        )

    async def create_customer(self, org_id: UUID, name: str, email: str, idempotency_key: str) -> str:
        """Create the organization's customer at Stripe; return ``cus_…``."""
        async with self._calling():
            customer = await self._client.v1.customers.create_async(
                {"name": name, "email": email, "metadata": {"org_id": str(org_id)}},
                {"idempotency_key": idempotency_key},
            )
        return customer.id

    async def open_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Create a Checkout session with one line of quantity one per document line (source: our own rounding)."""
        metadata = {"payment_intent_id": str(request.payment_intent_id)}
        async with self._calling():
            session = await self._client.v1.checkout.sessions.create_async(
                {
                    "mode": "payment",
                    "customer": request.customer_id,
                    "client_reference_id": str(request.payment_intent_id),
                    "metadata": metadata,
                    "payment_intent_data": {"metadata": metadata},
                    "line_items": price_lines(request.currency, request.lines),
                    "success_url": request.success_url,
                    "cancel_url": request.cancel_url,
                    "expires_at": int(request.expires_at.timestamp()),
                },
                {"idempotency_key": request.idempotency_key},
            )
        if session.url is None:
            raise GatewayRefused(f"session {session.id} has no page")
        return CheckoutSession(session.id, session.url, datetime.fromtimestamp(session.expires_at, UTC))

    async def get_checkout(self, session_id: str) -> CheckoutState:
        """Fetch the session as it is now."""
        async with self._calling():
            session = await self._client.v1.checkout.sessions.retrieve_async(session_id, _WITH_PAYMENT)
        return _state(session)

    async def expire_checkout(self, session_id: str) -> CheckoutState:
        """Expire the session if it is open; either way return what it is now."""
        async with self._calling():
            try:
                session = await self._client.v1.checkout.sessions.expire_async(session_id)
            except stripe.InvalidRequestError as error:
                if error.http_status != 400:
                    raise
                # Only an open session can be expired: somebody paid, or its time had passed.
                session = await self._client.v1.checkout.sessions.retrieve_async(session_id, _WITH_PAYMENT)
        return _state(session)

    def verify_webhook(self, payload: bytes, headers: Mapping[str, str], now: datetime) -> Webhook:
        """Verify with the SDK, then the time both ways (the SDK accepts any future time), then read the event."""
        signature = headers.get("stripe-signature", "")
        try:
            signature.encode("ascii")
            stripe.WebhookSignature.verify_header(payload, signature, self._webhook_secret, tolerance=None)
        except (stripe.SignatureVerificationError, UnicodeError, TypeError, ValueError) as error:
            raise WebhookRefused(internal="the signature does not match") from error
        times = [part[2:] for part in signature.split(",") if part.startswith("t=")]
        if len(times) != 1 or not _TIMESTAMP.fullmatch(times[0]):
            raise WebhookRefused(internal="the signature's time is not readable")
        if abs(now.timestamp() - int(times[0])) > TOLERANCE_SECONDS:
            raise WebhookRefused(internal="the signature is too old, or from the future")
        event = _event(payload)
        return Webhook(external_id=event.id, type=event.type, payload=payload, occurred_at=event.moment)

    def hinted_object(self, payload: bytes) -> str:
        """Return the object's id; some objects, such as the balance, have none."""
        return _event(payload).data.object.id or ""

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    @asynccontextmanager
    async def _calling(self) -> AsyncIterator[None]:
        """Bound a call in time and turn the SDK's errors into the port's. No message of Stripe's leaves the log."""
        try:
            async with asyncio.timeout(self._deadline_seconds):
                yield
        except TimeoutError as error:
            raise GatewayUnavailable(f"no answer within {self._deadline_seconds} s") from error
        except (stripe.APIConnectionError, stripe.RateLimitError) as error:
            raise GatewayUnavailable(type(error).__name__) from error
        except stripe.StripeError as error:
            status = error.http_status or 0
            what = f"{type(error).__name__} {status} {error.code or ''} {error.request_id or ''}".strip()
            # 409: another call with the same idempotency key is still running.
            if status >= 500 or status == 409 or status == 0:
                raise GatewayUnavailable(what) from error
            if status == 404 and error.code == "resource_missing":
                raise GatewayUnknown(what) from error
            raise GatewayRefused(what) from error


#: States of a payment in which a completed session will never be paid: a delayed method (a debit) was refused later.
_LOST = frozenset({"requires_payment_method", "canceled"})


def _state(session: stripe.checkout.Session) -> CheckoutState:
    payment = session.payment_intent
    payment_status: str = session.payment_status
    is_lost = isinstance(payment, stripe.PaymentIntent) and payment.status in _LOST
    if session.status == "complete" and payment_status == "unpaid" and is_lost:
        payment_status = "failed"
    return CheckoutState(
        id=session.id,
        status=CheckoutStatus((session.status or "open").upper()),
        payment_status=payment_status,
        amount_total=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        provider_payment_id=payment if payment is None or isinstance(payment, str) else payment.id,
        metadata=_texts(session.metadata),
        url=session.url,
    )


def _texts(metadata: stripe.StripeObject | None) -> dict[str, str]:
    return {} if metadata is None else {str(key): str(value) for key, value in metadata.to_dict().items()}


_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,255}$")]


class _Thing(BaseModel):
    id: _Id | None = None  # some objects, such as the balance, have none


class _Data(BaseModel):
    object: _Thing


class _Event(BaseModel):
    """The little that is read of an event; the rest is a hint that nobody follows."""

    object: Literal["event"]
    id: _Id
    type: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,100}$")]
    created: Annotated[int, Field(ge=0, lt=2**33)]  # seconds since 1970, within a calendar
    data: _Data

    @property
    def moment(self) -> datetime:
        """Return when it happened."""
        return datetime.fromtimestamp(self.created, UTC)


def _event(payload: bytes) -> _Event:
    try:
        return _Event.model_validate_json(payload)
    except ValueError as error:
        raise WebhookRefused(internal="signed, but not an event") from error
