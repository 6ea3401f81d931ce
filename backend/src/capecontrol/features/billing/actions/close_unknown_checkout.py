"""End a payment page that the provider no longer knows."""

from datetime import datetime, timedelta

import structlog

from capecontrol.core.audit import Outcome
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.activity import PAYMENT_UNCONFIRMED
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.billing.record import record_money
from capecontrol.features.proposals.interface import PaymentProgress, get_proposal, note_payment

#: How long a debit is waited for of which the provider knows nothing. No bank takes longer.
DEBIT_LIFE = timedelta(days=30)

log = structlog.get_logger("billing")


async def close_unknown_checkout(work: UnitOfWork, session_id: str) -> None:
    """Let a page that the provider does not know expire once nobody can pay on it any more, and tell the operator.

    Until then it may be known again: the key may be another account's by mistake. One that has expired was asked about
    for the last time.
    """
    found = await IntentDao(work).for_session(session_id, None)
    if found is None:
        return
    intent = await IntentDao(work).require(found.id, lock=True)
    now = work.now()
    intent.checked_at = now
    if intent.status is IntentStatus.EXPIRED:
        intent.confirmed_at = now
    elif _is_spent(intent, now):
        intent.status = IntentStatus.EXPIRED
        log.error("payment.unconfirmed", payment_intent_id=str(intent.id))
        proposal = await get_proposal(work, intent.proposal_id)
        await note_payment(work, intent.proposal_id, PaymentProgress.UNCONFIRMED)
        await record_money(
            work,
            PAYMENT_UNCONFIRMED,
            ("payment_intent", intent.id),
            {"amount": intent.amount, "currency": intent.currency},
            org_id=intent.org_id,
            project_id=proposal.project_id if proposal else None,
            outcome=Outcome.FAILURE,
            proposal_id=str(intent.proposal_id),
        )
    await work.session.flush()


def _is_spent(intent: PaymentIntent, now: datetime) -> bool:
    if intent.status is IntentStatus.PROCESSING:
        return intent.updated_at + DEBIT_LIFE <= now
    return intent.status is IntentStatus.CHECKOUT_OPEN and intent.expires_at is not None and intent.expires_at <= now
