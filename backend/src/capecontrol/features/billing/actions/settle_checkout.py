"""Apply what the provider says of a payment page: the one place where money becomes a payment and an invoice."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import structlog

from capecontrol.core.activity import ActivityKind
from capecontrol.core.audit import Outcome
from capecontrol.core.business import Business
from capecontrol.core.ids import new_id
from capecontrol.core.line_items.snapshot import write_lines
from capecontrol.core.outbox.delivery import GiveUp
from capecontrol.core.promised import promised
from capecontrol.core.series import next_number
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.actions.withdraw_checkouts import record_end, withdraw_checkouts
from capecontrol.features.billing.activity import (
    INVOICE_ISSUED,
    PAYMENT_FAILED,
    PAYMENT_PROCESSING,
    PAYMENT_RECEIVED,
    PAYMENT_UNAPPLIED,
)
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.dao.invoices import InvoiceDao
from capecontrol.features.billing.dao.payments import PaymentDao
from capecontrol.features.billing.events import CheckoutWithdrawn, InvoicePaid, PaymentFailed
from capecontrol.features.billing.lifecycle import OVER, TO_PROCESSING, IntentStatus, InvoiceStatus, invoice_number
from capecontrol.features.billing.models import Invoice, Payment, PaymentIntent, PaymentStatus
from capecontrol.features.billing.ports import CheckoutState, CheckoutStatus
from capecontrol.features.billing.record import record_money, record_untold
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import ProjectStatus, advance_project, get_project
from capecontrol.features.proposals.interface import (
    ApprovedProposal,
    PaymentProgress,
    get_approved_proposal,
    get_proposal,
    note_payment,
)

log = structlog.get_logger("billing")


async def settle_checkout(work: UnitOfWork, state: CheckoutState, business: Business) -> None:
    """Bring our record to where the payment page is. Any number of times, in any order: the effect is one.

    Needs a platform scope: invoice numbers belong to the business, and a payment may have to be kept although its
    intent is in no state to take it.

    Raises:
        GiveUp: the page says that it is ours, and there is no such intent.
    """
    own_id, dao = _own_id(state), IntentDao(work)
    intent = await dao.for_session(state.id, own_id)
    if intent is None:
        if own_id is None:
            # The provider's account may serve others beside us.
            log.info("payment.foreign_page", session_id=state.id)
            return
        raise GiveUp("a payment page of ours without its intent")
    intents = await dao.lock_all_of(intent.proposal_id)
    intent.checked_at = work.now()
    intent.checkout_session_id = intent.checkout_session_id or state.id
    if state.is_paid:
        await _receive(work, intent, intents, state, business)
    elif state.is_under_way:
        await _wait(work, intent, intents)
    elif state.is_lost:
        await _fail(work, intent)
    elif state.status is CheckoutStatus.EXPIRED:
        await _expire(work, intent)
    elif intent.status in OVER:
        # A page that takes money although we have done with it.
        await work.emit(CheckoutWithdrawn(org_id=intent.org_id, session_id=state.id))
    if intent.status in OVER and state.status is not CheckoutStatus.OPEN:
        intent.confirmed_at = work.now()
    await work.session.flush()


def _own_id(state: CheckoutState) -> uuid.UUID | None:
    try:
        return uuid.UUID(state.metadata.get("payment_intent_id", ""))
    except ValueError:
        return None


async def _expire(work: UnitOfWork, intent: PaymentIntent) -> None:
    if not intent.status.is_open:
        return
    intent.status = IntentStatus.EXPIRED
    await record_end(work, intent, "payment.expired")


async def _wait(work: UnitOfWork, intent: PaymentIntent, intents: Sequence[PaymentIntent]) -> None:
    """Keep a proposal from being paid again while its money is on its way."""
    if intent.status not in TO_PROCESSING:
        return
    # First the others: no two of a proposal stand beside each other.
    await _withdraw_others(work, intent, intents)
    intent.status = IntentStatus.PROCESSING
    await note_payment(work, intent.proposal_id, PaymentProgress.PROCESSING)
    await _tell(work, PAYMENT_PROCESSING, intent)


async def _fail(work: UnitOfWork, intent: PaymentIntent) -> None:
    if not intent.status.takes_money:
        return
    intent.status = IntentStatus.FAILED
    await note_payment(work, intent.proposal_id, PaymentProgress.FAILED)
    await _tell(work, PAYMENT_FAILED, intent, outcome=Outcome.FAILURE)
    await work.emit(PaymentFailed(org_id=intent.org_id, payment_intent_id=intent.id))


async def _withdraw_others(work: UnitOfWork, intent: PaymentIntent, intents: Sequence[PaymentIntent]) -> None:
    """Take every other open page of the proposal back, so that nobody pays on it as well."""
    await withdraw_checkouts(work, [other for other in intents if other is not intent])


async def _tell(
    work: UnitOfWork, kind: ActivityKind, intent: PaymentIntent, *, outcome: Outcome = Outcome.SUCCESS
) -> None:
    proposal = await get_proposal(work, intent.proposal_id)
    await record_money(
        work,
        kind,
        ("payment_intent", intent.id),
        {"amount": intent.amount, "currency": intent.currency},
        org_id=intent.org_id,
        project_id=proposal.project_id if proposal else None,
        outcome=outcome,
        proposal_id=str(intent.proposal_id),
    )


async def _receive(
    work: UnitOfWork,
    intent: PaymentIntent,
    intents: Sequence[PaymentIntent],
    state: CheckoutState,
    business: Business,
) -> None:
    provider_id = state.provider_payment_id or state.id
    if await PaymentDao(work).by_provider_id(provider_id) is not None:
        return
    proposal = await get_approved_proposal(work, intent.proposal_id)
    objection = _objection(intent, state, proposal, [one for one in intents if one.status not in OVER])
    now = work.now()
    payment = await PaymentDao(work).add(
        Payment(
            id=new_id(),
            org_id=intent.org_id,
            payment_intent_id=intent.id,
            provider_payment_id=provider_id,
            amount=state.amount_total,
            currency=state.currency,
            status=PaymentStatus.UNAPPLIED if objection else PaymentStatus.APPLIED,
            note=objection,
            received_at=now,
        )
    )
    if objection or proposal is None:
        # Money is never dropped and never silently accepted: it waits for a person's decision.
        if intent.status.takes_money:
            intent.status = IntentStatus.FAILED
        await note_payment(work, intent.proposal_id, PaymentProgress.IN_REVIEW)
        await record_money(
            work,
            PAYMENT_UNAPPLIED,
            ("payment", payment.id),
            {"reason": objection},
            org_id=intent.org_id,
            project_id=proposal.project_id if proposal else None,
            outcome=Outcome.FAILURE,
        )
        log.error("payment.unapplied", payment_id=str(payment.id), reason=objection)
        return
    # As everywhere, the project is locked before its proposal, which the database marks as paid with the intent.
    await get_project(work, proposal.project_id, lock=True)
    await _withdraw_others(work, intent, intents)
    intent.status = IntentStatus.SUCCEEDED
    await note_payment(work, proposal.id, None)
    await advance_project(work, proposal.project_id, ProjectStatus.IN_PROGRESS, reason="the proposal was paid")
    invoice = await _issue(work, proposal, payment, business, now)
    # One line tells of the payment, with its invoice; that the invoice was issued is in the audit log alone.
    await record_money(
        work,
        PAYMENT_RECEIVED,
        ("payment", payment.id),
        {"amount": payment.amount, "currency": payment.currency, "number": invoice.number},
        org_id=intent.org_id,
        project_id=proposal.project_id,
        proposal_id=str(proposal.id),
        invoice_id=str(invoice.id),
    )
    await record_untold(
        work,
        INVOICE_ISSUED.key,
        ("invoice", invoice.id),
        org_id=invoice.org_id,
        project_id=invoice.project_id,
        number=invoice.number,
        total=invoice.total,
        currency=invoice.currency,
        proposal_id=str(proposal.id),
    )


def _objection(
    intent: PaymentIntent,
    state: CheckoutState,
    proposal: ApprovedProposal | None,
    standing: Sequence[PaymentIntent],
) -> str | None:
    if any(one.status is IntentStatus.SUCCEEDED for one in standing):
        # By this page or by another; two at once meet at the unique index, and the slower comes here again.
        return "The proposal had already been paid."
    if not all(one.status.takes_money for one in standing):
        return "Another payment for this proposal has a status that this release doesn't support."
    if (state.amount_total, state.currency) != (intent.amount, intent.currency):
        return "The amount received doesn't match the amount requested."
    if proposal is None:
        return "The proposal was no longer approved when the payment arrived."
    return None


async def _issue(
    work: UnitOfWork, proposal: ApprovedProposal, payment: Payment, business: Business, now: datetime
) -> Invoice:
    organization = promised(await get_organization(work, proposal.org_id), "a proposal has its organization")
    project = promised(await get_project(work, proposal.project_id), "a proposal has its project")
    # The number is taken last: its row stays locked until the commit.
    year = business.year_of(now)
    sequence = await next_number(work, "invoice", year)
    invoice = await InvoiceDao(work).add(
        Invoice(
            id=new_id(),
            org_id=proposal.org_id,
            project_id=proposal.project_id,
            proposal_id=proposal.id,
            payment_id=payment.id,
            number=invoice_number(year, sequence),
            year=year,
            sequence=sequence,
            title=proposal.title,
            status=InvoiceStatus.PAID,
            currency=proposal.currency,
            subtotal=proposal.subtotal.amount,
            tax=proposal.tax.amount,
            total=proposal.total.amount,
            line_items=write_lines(proposal.lines),
            seller=business.to_json(),
            buyer={"name": organization.name, "project_code": project.code},
            issued_at=now,
            paid_at=now,
        )
    )
    await work.emit(
        InvoicePaid(
            org_id=invoice.org_id,
            invoice_id=invoice.id,
            project_id=invoice.project_id,
            proposal_id=invoice.proposal_id,
        )
    )
    return invoice
