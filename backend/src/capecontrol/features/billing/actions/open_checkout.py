"""Open a payment page for an approved proposal."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from capecontrol.core.http import Visit, found
from capecontrol.core.links import Links
from capecontrol.core.work import Work
from capecontrol.features.billing.dao import IntentDao
from capecontrol.features.billing.errors import NotPayable, PaymentProviderFailed
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.billing.ports import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutSession,
    GatewayError,
    PaymentGateway,
)
from capecontrol.features.organizations.interface import get_organization, keep_stripe_customer
from capecontrol.features.proposals.interface import (
    ApprovedProposal,
    ProposalStatus,
    get_approved_proposal,
    get_proposal,
)

#: Stripe takes at most 24 hours.
PAGE_LIFE = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class OpenedCheckout:
    """Where the payer goes."""

    payment_intent_id: uuid.UUID
    url: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    intent_id: uuid.UUID
    url: str | None
    proposal: ApprovedProposal
    customer_id: str | None
    organization_name: str


async def open_checkout(
    visit: Visit, proposal_id: uuid.UUID, *, gateway: PaymentGateway, links: Links
) -> OpenedCheckout:
    """Return the payment page of a proposal: the open one if there is one, else a new one.

    In phases: the intent is committed before the provider is called, under the intent's own idempotency key, so that
    a retry after any crash continues the same page and never opens a second.

    Raises:
        NotFound: the proposal is not there, or not the caller's.
        NotPayable: it is not approved, or paid.
        PaymentProviderFailed: the provider did not open a page; nothing was charged.
    """
    try:
        async with visit.open() as work:
            prepared = await _prepare(work, proposal_id)
    except IntegrityError:
        # Another click made the intent in between: go on with that one.
        async with visit.open() as work:
            prepared = await _prepare(work, proposal_id)
    if prepared.url is not None:
        return OpenedCheckout(prepared.intent_id, prepared.url)
    session = await _call(visit, prepared, gateway, links)
    async with visit.open() as work:
        now = work.now()
        opened = await IntentDao(work).update_where(
            PaymentIntent.id == prepared.intent_id,
            PaymentIntent.status == IntentStatus.CREATED,
            status=IntentStatus.CHECKOUT_OPEN,
            checkout_session_id=session.id,
            checkout_url=session.url,
            expires_at=session.expires_at,
            updated_at=now,
        )
        if opened:
            await work.record(
                "payment.checkout_opened",
                resource=("payment_intent", prepared.intent_id),
                metadata={"proposal_id": str(proposal_id), "project_id": str(prepared.proposal.project_id)},
            )
    return OpenedCheckout(prepared.intent_id, session.url)


async def _prepare(work: Work, proposal_id: uuid.UUID) -> _Prepared:
    """Return the intent to go on with, made now if there is none."""
    facts = found(await get_proposal(work, proposal_id))
    dao, now = IntentDao(work), work.now()
    if await dao.is_paid(proposal_id):
        raise NotPayable("This proposal is paid.", allowed=[])
    proposal = await get_approved_proposal(work, proposal_id)
    if proposal is None:
        allowed = ["approve"] if facts.status is ProposalStatus.SENT else []
        raise NotPayable("Approve the proposal before you pay it.", allowed=allowed)
    if proposal.total.amount <= 0:
        raise NotPayable("This proposal costs nothing.", allowed=[])
    intent = await dao.open_of(proposal_id)
    if intent is not None and intent.expires_at is not None and intent.expires_at <= now:
        await dao.update_where(
            PaymentIntent.id == intent.id,
            PaymentIntent.status == IntentStatus.CHECKOUT_OPEN,
            status=IntentStatus.EXPIRED,
            updated_at=now,
        )
        intent = None
    if intent is None:
        if work.actor.id is None:
            raise NotPayable("Only a person can begin a payment.", allowed=[])
        intent = await dao.add(
            PaymentIntent(
                org_id=work.org_id,
                proposal_id=proposal_id,
                amount=proposal.total.amount,
                currency=proposal.currency,
                status=IntentStatus.CREATED,
                created_by=work.actor.id,
                created_at=now,
                updated_at=now,
            )
        )
        await work.record(
            "payment.intended",
            resource=("payment_intent", intent.id),
            metadata={
                "proposal_id": str(proposal_id),
                "project_id": str(proposal.project_id),
                "amount": proposal.total.amount,
                "currency": proposal.currency,
            },
        )
    organization = found(await get_organization(work, work.org_id))
    return _Prepared(intent.id, intent.checkout_url, proposal, organization.stripe_customer_id, organization.name)


async def _call(visit: Visit, prepared: _Prepared, gateway: PaymentGateway, links: Links) -> CheckoutSession:
    proposal = prepared.proposal
    try:
        customer_id = prepared.customer_id
        if customer_id is None:
            customer_id = await gateway.create_customer(
                proposal.org_id, prepared.organization_name, visit.actor.label, f"customer-{proposal.org_id}"
            )
            async with visit.open() as work:
                await keep_stripe_customer(work, proposal.org_id, customer_id)
        return await gateway.open_checkout(
            CheckoutRequest(
                payment_intent_id=prepared.intent_id,
                customer_id=customer_id,
                currency=proposal.currency,
                # Gross amounts, so that what the provider adds up is exactly what the document says.
                lines=tuple(CheckoutLine(line.description, line.gross) for line in proposal.lines if line.gross > 0),
                success_url=links.page(f"/billing/return?payment_intent_id={prepared.intent_id}"),
                cancel_url=links.page(f"/proposals/{proposal.id}"),
                expires_at=visit.units.clock.now() + PAGE_LIFE,
                idempotency_key=f"checkout-{prepared.intent_id}",
            )
        )
    except GatewayError as error:
        raise PaymentProviderFailed(
            "Nothing was charged. Try again in a minute.", internal=f"{type(error).__name__}: {error}"
        ) from error
