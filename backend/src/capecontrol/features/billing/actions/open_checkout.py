"""Open a payment page for an approved proposal."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from capecontrol.core.business import Business
from capecontrol.core.dao import KeyTaken
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.links import Links, Pages
from capecontrol.core.problems import require
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.billing.actions.close_unknown_checkout import close_unknown_checkout
from capecontrol.features.billing.actions.settle_checkout import settle_checkout
from capecontrol.features.billing.activity import CHECKOUT_OPENED, PAYMENT_INTENDED
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.dao.payments import PaymentDao
from capecontrol.features.billing.dao.provider_customers import ProviderCustomerDao
from capecontrol.features.billing.errors import NotPayable, PaymentProcessing, PaymentProviderFailed
from capecontrol.features.billing.events import CheckoutWithdrawn
from capecontrol.features.billing.lifecycle import OVER, IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.billing.ports import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutSession,
    GatewayError,
    GatewayUnknown,
    PaymentGateway,
)
from capecontrol.features.billing.record import record_untold
from capecontrol.features.billing.stripe import STRIPE
from capecontrol.features.organizations.interface import OrganizationSummary, get_organization
from capecontrol.features.projects.interface import ProjectStatus, get_project
from capecontrol.features.proposals.interface import (
    ApprovedProposal,
    ProposalStatus,
    get_approved_proposal,
    get_proposal,
)

#: How long a page takes payments. Stripe allows 30 minutes to 24 hours from the call, which may come later than the
#: click: see ``CALL_LIFE``.
PAGE_LIFE = timedelta(hours=23)
#: How long a click may wait for the provider. Later the page would be too short-lived for Stripe, and the idempotency
#: key forgotten.
CALL_LIFE = timedelta(hours=12)
#: Stripe takes amounts of at most eight digits (docs.stripe.com/currencies, "Minimum and maximum charge amounts").
AMOUNT_MAX = 99_999_999
#: Stripe takes at most 100 lines for a one-off payment.
LINES_MAX = 100
#: What becomes of a page is settled as its webhook would be: invoice numbers belong to the business.
_PLATFORM = PlatformScope("billing: settle a page before another is opened")


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """A payment page that takes a payment, and the intent that it is for."""

    payment_intent_id: uuid.UUID
    url: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    intent_id: uuid.UUID
    url: str | None
    expires_at: datetime
    proposal: ApprovedProposal
    organization: OrganizationSummary
    customer_id: str | None


@dataclass(frozen=True, slots=True)
class _Overdue:
    session_id: str


async def open_checkout(
    units: Units, proposal_id: uuid.UUID, *, gateway: PaymentGateway, links: Links, business: Business
) -> OpenCheckout:
    """Return the payment page of a proposal: the open one if there is one, else a new one.

    In phases: the intent is committed before the provider is called, under the intent's own idempotency key and with
    parameters that are the same at every attempt, so that a retry after any crash, or a second click, continues the
    same page and never opens another. A page whose time is over by our clock makes room for another only once the
    provider has closed it: the payer may have been faster, and the money on its way.

    Raises:
        NotFound: the proposal is not there, or not the caller's.
        NotPayable: it is not approved, or paid, or its project is archived, or it cannot be paid by card.
        PaymentProcessing: its money is on its way.
        PaymentProviderFailed: the provider did not close the old page or open a new one; nothing was charged.
    """
    prepared = await _prepared(units, proposal_id)
    if isinstance(prepared, _Overdue):
        await _close(units, prepared, gateway, business)
        prepared = await _prepared(units, proposal_id)
        if isinstance(prepared, _Overdue):
            raise _failed("the provider did not close a page")
    if prepared.url:
        return OpenCheckout(prepared.intent_id, prepared.url)
    session = await _call(units, prepared, gateway, links)
    async with units.open() as work:
        is_standing = await _note_page(work, prepared, session)
    if not is_standing:
        raise _failed("the intent was given up while its page was opened")
    return OpenCheckout(prepared.intent_id, session.url)


async def _prepared(units: Units, proposal_id: uuid.UUID) -> _Prepared | _Overdue:
    try:
        async with units.open() as work:
            return await _prepare(work, proposal_id)
    except KeyTaken:
        # Another click made the intent in between: go on with that one.
        async with units.open() as work:
            return await _prepare(work, proposal_id)


async def _close(units: Units, overdue: _Overdue, gateway: PaymentGateway, business: Business) -> None:
    """Have the provider close a page, and settle what it answers."""
    try:
        state = await gateway.expire_checkout(overdue.session_id)
    except GatewayUnknown:
        async with units.open(_PLATFORM) as work:
            await close_unknown_checkout(work, overdue.session_id)
    except GatewayError as error:
        raise _failed(f"{type(error).__name__}: {error}") from error
    else:
        async with units.open(_PLATFORM) as work:
            await settle_checkout(work, state, business)


async def _prepare(work: UnitOfWork, proposal_id: uuid.UUID) -> _Prepared | _Overdue:
    """Return the intent to go on with, made now if there is none; or the page that is to be closed first."""
    found = require(await get_proposal(work, proposal_id))
    dao, now = IntentDao(work), work.now()
    standing = await dao.standing_of(proposal_id)
    if any(one.status is IntentStatus.SUCCEEDED for one in standing):
        raise NotPayable("It has already been paid.", allowed=[])
    proposal = await get_approved_proposal(work, proposal_id)
    if proposal is None:
        allowed = ["approve"] if found.status is ProposalStatus.SENT else []
        raise NotPayable("Approve it first, then pay.", allowed=allowed)
    if any(one.status is IntentStatus.PROCESSING for one in standing):
        raise PaymentProcessing(
            "Your payment is on its way. Your bank may take several days. We’ll e-mail you as soon as it arrives, so"
            " don’t pay again.",
            allowed=[],
        )
    if proposal.is_closed:
        raise _archived()
    if proposal.total.amount <= 0:
        raise NotPayable("Its total is zero, so there's nothing to pay.", allowed=[])
    if proposal.total.amount > AMOUNT_MAX:
        raise NotPayable("The total is too large for a card payment. Contact us to pay by bank transfer.")
    is_unclear = not all(one.status.is_open for one in standing)
    if is_unclear or await PaymentDao(work).has_unapplied(proposal_id):
        raise NotPayable(
            "We've received a payment for it and are checking it. Don't pay again. Contact us if you have questions."
        )
    organization = require(await get_organization(work, work.org_id))
    intent = standing[0] if standing else None
    if intent is not None and _is_overdue(intent, now):
        if intent.checkout_session_id is not None:
            return _Overdue(intent.checkout_session_id)
        # Nobody ever got the address of its page, if there is one: it is shown after the commit that leaves CREATED.
        await dao.update_where(
            PaymentIntent.id == intent.id,
            PaymentIntent.status == IntentStatus.CREATED,
            status=IntentStatus.EXPIRED,
        )
        intent = None
    if intent is None:
        intent = await _intend(work, proposal)
    expires_at = intent.expires_at or intent.created_at + PAGE_LIFE
    customer_id = await ProviderCustomerDao(work).customer_id(organization.id, STRIPE.name)
    return _Prepared(intent.id, intent.checkout_url, expires_at, proposal, organization, customer_id)


def _is_overdue(intent: PaymentIntent, now: datetime) -> bool:
    if intent.status == IntentStatus.CREATED:
        return intent.created_at + CALL_LIFE <= now
    return intent.expires_at is not None and intent.expires_at <= now


async def _intend(work: UnitOfWork, proposal: ApprovedProposal) -> PaymentIntent:
    """Make the intent: nothing charges without a person's click."""
    if work.actor.id is None:
        raise NotPayable("Sign in to start a payment.", allowed=[])
    # Whoever archives the project waits for this, or is seen by it: a page that is open by then is closed afterwards.
    project = require(await get_project(work, proposal.project_id, lock=True))
    if project.status is ProjectStatus.ARCHIVED:
        raise _archived()
    now = work.now()
    intent = await IntentDao(work).add(
        PaymentIntent(
            org_id=work.org_id,
            proposal_id=proposal.id,
            amount=proposal.total.amount,
            currency=proposal.currency,
            status=IntentStatus.CREATED,
            expires_at=now + PAGE_LIFE,
            created_by=work.actor.id,
        )
    )
    await record_untold(
        work,
        PAYMENT_INTENDED.key,
        ("payment_intent", intent.id),
        org_id=intent.org_id,
        project_id=proposal.project_id,
        proposal_id=str(proposal.id),
        amount=proposal.total.amount,
        currency=proposal.currency,
    )
    return intent


def _archived() -> NotPayable:
    return NotPayable("The project is archived. Contact us if you would still like to go ahead.", allowed=[])


async def _call(units: Units, prepared: _Prepared, gateway: PaymentGateway, links: Links) -> CheckoutSession:
    proposal = prepared.proposal
    try:
        return await gateway.open_checkout(
            CheckoutRequest(
                payment_intent_id=prepared.intent_id,
                customer_id=prepared.customer_id or await _make_customer(units, prepared.organization, gateway),
                currency=proposal.currency,
                lines=_lines(proposal),
                success_url=links.page(Pages.checkout_return(prepared.intent_id)),
                cancel_url=links.page(Pages.proposal_unpaid(proposal.id)),
                expires_at=prepared.expires_at,
                idempotency_key=f"checkout-{prepared.intent_id}",
            )
        )
    except GatewayError as error:
        raise _failed(f"{type(error).__name__}: {error}") from error


def _failed(internal: str) -> PaymentProviderFailed:
    return PaymentProviderFailed(
        "Our payment provider didn't respond as expected. You haven't been charged. Try again in a minute.",
        internal=internal,
    )


async def _make_customer(units: Units, organization: OrganizationSummary, gateway: PaymentGateway) -> str:
    """Make the organization known to the provider, at its first payment; return the provider's id of it."""
    # The key names what it stands for: the provider refuses a key that comes again with another name or address.
    email = units.actor.email or ""
    named = uuid.uuid5(organization.id, f"{organization.name}\n{email}")
    customer_id = await gateway.create_customer(organization.id, organization.name, email, f"customer-{named}")
    async with units.open() as work:
        customers = ProviderCustomerDao(work)
        await customers.keep(organization.id, STRIPE.name, customer_id)
        # Another click may have been faster: all pages of an organization name one customer.
        return await customers.customer_id(organization.id, STRIPE.name) or customer_id


def _lines(proposal: ApprovedProposal) -> tuple[CheckoutLine, ...]:
    """Return gross amounts, so that what the provider adds up is exactly what the document says."""
    lines = tuple(CheckoutLine(line.description, line.gross) for line in proposal.lines if line.gross > 0)
    return lines if len(lines) <= LINES_MAX else (CheckoutLine(proposal.title, proposal.total.amount),)


async def _note_page(work: UnitOfWork, prepared: _Prepared, session: CheckoutSession) -> bool:
    """Keep the page's address, and tell whether anybody may be led there.

    An intent that has moved on meanwhile (another click or a webhook was faster) stays where it is. Of one that was
    given up meanwhile the page is taken back: another may be open.
    """
    opened = await IntentDao(work).update_where(
        PaymentIntent.id == prepared.intent_id,
        PaymentIntent.status == IntentStatus.CREATED,
        status=IntentStatus.CHECKOUT_OPEN,
        checkout_session_id=session.id,
        checkout_url=session.url,
        expires_at=session.expires_at,
    )
    if opened:
        # People are told of the click that led here.
        await record_untold(
            work,
            CHECKOUT_OPENED.key,
            ("payment_intent", prepared.intent_id),
            org_id=prepared.organization.id,
            project_id=prepared.proposal.project_id,
            proposal_id=str(prepared.proposal.id),
        )
        return True
    intent = await IntentDao(work).require(prepared.intent_id)
    if intent.status in OVER:
        await work.emit(CheckoutWithdrawn(org_id=intent.org_id, session_id=session.id))
        return False
    return True
