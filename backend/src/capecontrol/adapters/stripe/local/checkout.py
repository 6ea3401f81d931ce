"""What happens to sessions: opened, paid by card or by debit, declined, expired. Each step is one transaction."""

from dataclasses import dataclass
from datetime import timedelta

from capecontrol.adapters.stripe.gateway import API_VERSION
from capecontrol.adapters.stripe.local.failures import ApiError, missing, required
from capecontrol.adapters.stripe.local.form import Form
from capecontrol.adapters.stripe.local.objects import (
    Charge,
    CheckoutSession,
    Customer,
    Event,
    EventData,
    Line,
    PaymentError,
    PaymentIntent,
    StripeObject,
    new_id,
)
from capecontrol.adapters.stripe.local.store import Store
from capecontrol.core.clock import Clock
from capecontrol.core.money import CURRENCIES

#: Stripe's limits on how long a session may live.
_LIFE_MIN = timedelta(minutes=30)
_LIFE_MAX = timedelta(hours=24)
_LINES_MAX = 100
_AMOUNT_MAX = 99_999_999
DECLINED = PaymentError(
    code="card_declined", decline_code="generic_decline", message="Your card was declined. Try another card."
)
_DEBIT_REFUSED = PaymentError(
    code="payment_intent_payment_attempt_failed",
    decline_code="insufficient_funds",
    message="The customer's account has insufficient funds to cover this payment.",
    type="invalid_request_error",
)


@dataclass(frozen=True, slots=True)
class CheckoutService:
    """The business of the local Stripe. ``page_base`` is where browsers find it."""

    store: Store
    clock: Clock
    page_base: str

    def create_customer(self, form: Form) -> Customer:
        """Make a customer of a form."""
        customer = Customer(
            id=new_id("cus"),
            created=self._now(),
            name=form.text("name", limit=256),
            email=form.text("email", limit=512),
            metadata=form.texts("metadata"),
        )
        form.done()
        self.store.put(customer)
        return customer

    def open_session(self, form: Form) -> CheckoutSession:
        """Make a session of a form; refuse what Stripe refuses."""
        mode = form.required_text("mode")
        if mode != "payment":
            raise ApiError(400, "The local Stripe only knows mode=payment.", param="mode")
        success_url = form.required_text("success_url")
        cancel_url = form.text("cancel_url")
        customer = form.text("customer")
        if customer is not None and self.store.get(Customer, customer) is None:
            raise missing("customer", customer, "customer")
        lines, currency = _lines(form)
        expires_at = self._expiry(form.number("expires_at"))
        reference = form.text("client_reference_id", limit=200)
        metadata = form.texts("metadata")
        intent_data = form.branch("payment_intent_data")
        intent_metadata = {} if intent_data is None else intent_data.texts("metadata")
        if intent_data is not None:
            intent_data.done()
        form.done()
        total = sum(line.amount for line in lines)
        if total <= 0:
            raise ApiError(400, "The Checkout Session's total amount must be positive.", code="amount_too_small")
        if total > _AMOUNT_MAX:
            raise ApiError(
                400, "The Checkout Session's total amount must be at most 99999999.", code="amount_too_large"
            )
        session_id = new_id("cs_test")
        session = CheckoutSession(
            id=session_id,
            created=self._now(),
            amount_subtotal=total,
            amount_total=total,
            cancel_url=cancel_url,
            client_reference_id=reference,
            currency=currency,
            customer=customer,
            expires_at=expires_at,
            metadata=metadata,
            success_url=success_url,
            url=f"{self.page_base}/pay/{session_id}",
            lines=lines,
            intent_metadata=intent_metadata,
        )
        self.store.put(session)
        return session

    def session(self, session_id: str) -> CheckoutSession:
        """Return a session as it is now: one whose time is over is expired by being looked at."""
        session = self.store.get(CheckoutSession, session_id)
        if session is None:
            raise missing("checkout.session", session_id, "session")
        if session.status == "open" and session.expires_at <= self._now():
            session = self._expired(session)
        return session

    def expire(self, session_id: str) -> CheckoutSession:
        """Expire an open session."""
        session = self.session(session_id)
        if session.status != "open":
            raise ApiError(
                400,
                'Only Checkout Sessions with a status in ["open"] can be expired.'
                f" This Checkout Session has a status of {session.status}.",
            )
        return self._expired(session)

    def expire_overdue(self) -> int:
        """Expire every session whose time is over; return how many."""
        overdue = self.store.overdue_sessions(self._now())
        for session in overdue:
            self._expired(session)
        return len(overdue)

    def pay(self, session_id: str) -> CheckoutSession:
        """Complete an open session: payment, charge, events. Paying a paid session again changes nothing."""
        session = self.session(session_id)
        if session.status != "open":
            return session
        return self._paid(session, "checkout.session.completed")

    def debit(self, session_id: str) -> CheckoutSession:
        """Complete an open session by a debit: the bank says days later whether money comes."""
        session = self.session(session_id)
        if session.status != "open":
            return session
        intent = self._attempt(session).model_copy(update={"status": "processing", "last_payment_error": None})
        session = _completed(session, intent)
        self.store.put(intent)
        self.store.put(session)
        self._announce("payment_intent.processing", intent)
        self._announce("checkout.session.completed", session)
        return session

    def clear_debit(self, session_id: str) -> CheckoutSession:
        """Let the money of a debit arrive."""
        session = self.session(session_id)
        return (
            self._paid(session, "checkout.session.async_payment_succeeded") if session.is_debit_under_way else session
        )

    def refuse_debit(self, session_id: str) -> CheckoutSession:
        """Let the bank refuse a debit. The session stays complete and unpaid; nobody can pay on it any more."""
        session = self.session(session_id)
        if not session.is_debit_under_way:
            return session
        intent = self._attempt(session).model_copy(
            update={"status": "requires_payment_method", "last_payment_error": _DEBIT_REFUSED}
        )
        session = session.model_copy(update={"is_debit_refused": True})
        self.store.put(intent)
        self.store.put(session)
        self._announce("payment_intent.payment_failed", intent)
        self._announce("checkout.session.async_payment_failed", session)
        return session

    def decline(self, session_id: str) -> CheckoutSession:
        """Try a payment that fails; the session stays open."""
        session = self.session(session_id)
        if session.status != "open":
            return session
        intent = self._attempt(session).model_copy(update={"last_payment_error": DECLINED})
        session = session.model_copy(update={"attempted_payment": intent.id})
        self.store.put(intent)
        self.store.put(session)
        self._announce("payment_intent.payment_failed", intent)
        return session

    def _paid(self, session: CheckoutSession, event: str) -> CheckoutSession:
        intent = self._attempt(session)
        charge = Charge(
            id=new_id("ch"),
            created=self._now(),
            amount=intent.amount,
            currency=intent.currency,
            customer=intent.customer,
            payment_intent=intent.id,
        )
        intent = intent.model_copy(
            update={
                "status": "succeeded",
                "amount_received": intent.amount,
                "latest_charge": charge.id,
                "last_payment_error": None,
            }
        )
        session = _completed(session, intent).model_copy(update={"payment_status": "paid"})
        for thing in (charge, intent, session):
            self.store.put(thing)
        self._announce("payment_intent.succeeded", intent)
        self._announce(event, session)
        return session

    def _attempt(self, session: CheckoutSession) -> PaymentIntent:
        """Return the session's payment, made at the first attempt and used again at the next."""
        known = session.attempted_payment and self.store.get(PaymentIntent, session.attempted_payment)
        return known or PaymentIntent(
            id=new_id("pi"),
            created=self._now(),
            amount=session.amount_total,
            currency=session.currency,
            customer=session.customer,
            metadata=session.intent_metadata,
        )

    def _expired(self, session: CheckoutSession) -> CheckoutSession:
        session = session.model_copy(update={"status": "expired", "url": None})
        self.store.put(session)
        self._announce("checkout.session.expired", session)
        return session

    def _announce(self, kind: str, thing: StripeObject) -> None:
        self.store.announce(
            Event(
                id=new_id("evt"),
                created=self._now(),
                api_version=API_VERSION,
                type=kind,
                data=EventData(object=thing.public()),
            )
        )

    def _expiry(self, asked: int | None) -> int:
        now = self._now()
        if asked is None:
            return now + int(_LIFE_MAX.total_seconds())
        # A minute of grace for the time between the caller's clock and this line.
        if not _LIFE_MIN.total_seconds() - 60 <= asked - now <= _LIFE_MAX.total_seconds() + 60:
            raise ApiError(
                400,
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
                param="expires_at",
            )
        return asked

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _completed(session: CheckoutSession, intent: PaymentIntent) -> CheckoutSession:
    changes = {"status": "complete", "payment_intent": intent.id, "attempted_payment": intent.id, "url": None}
    return session.model_copy(update=changes)


def _lines(form: Form) -> tuple[list[Line], str]:
    """Read the line items; they share one currency."""
    lines: list[Line] = []
    currencies: set[str] = set()
    for item in form.items("line_items"):
        quantity = item.number("quantity")
        price = item.branch("price_data")
        if price is None:
            raise required("line_items[][price_data]")
        product = price.branch("product_data")
        if product is None:
            raise required("line_items[][price_data][product_data]")
        amount = price.number("unit_amount")
        if amount is None:
            raise required("line_items[][price_data][unit_amount]")
        if amount < 0 or (quantity is not None and quantity < 1):
            raise ApiError(400, "Invalid non-negative integer", code="parameter_invalid_integer", param="line_items")
        currency = price.required_text("currency")
        if currency.upper() not in CURRENCIES:
            raise ApiError(400, f"Invalid currency: {currency}.", param="line_items[][price_data][currency]")
        currencies.add(currency.lower())
        lines.append(Line(description=product.required_text("name"), quantity=quantity or 1, unit_amount=amount))
        for node in (product, price, item):
            node.done()
    if not lines:
        raise required("line_items")
    if len(lines) > _LINES_MAX or len(currencies) > 1:
        raise ApiError(400, "Too many line items, or more than one currency.", param="line_items")
    return lines, currencies.pop()
