"""Take payment pages back that nobody is to pay on any more."""

from collections.abc import Iterable

from capecontrol.core.audit import Outcome
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.events import CheckoutWithdrawn
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.billing.record import record_untold
from capecontrol.features.projects.events import ProjectStatusChanged
from capecontrol.features.proposals.interface import closed_proposals


async def withdraw_of_archived(event: ProjectStatusChanged, delivery: Delivery) -> None:
    """Take the pages of a project back that was archived. Whoever paid before the provider closed theirs has paid."""
    async with delivery.completing() as work:
        for proposal_id in await closed_proposals(work, event.project_id):
            await withdraw_checkouts(work, await IntentDao(work).lock_all_of(proposal_id))


async def withdraw_checkouts(work: UnitOfWork, intents: Iterable[PaymentIntent]) -> None:
    """Cancel those of some locked intents on whose page somebody may pay, and have the provider close the pages."""
    for intent in intents:
        if not intent.status.is_open:
            continue
        intent.status = IntentStatus.CANCELLED
        await record_end(work, intent, "payment.cancelled")
        if intent.checkout_session_id is not None:
            await work.emit(CheckoutWithdrawn(org_id=intent.org_id, session_id=intent.checkout_session_id))
    await work.session.flush()


async def record_end(work: UnitOfWork, intent: PaymentIntent, action: str) -> None:
    """Record in the audit log alone that an intent ended without money."""
    await record_untold(
        work,
        action,
        ("payment_intent", intent.id),
        org_id=intent.org_id,
        project_id=None,
        outcome=Outcome.FAILURE,
        proposal_id=str(intent.proposal_id),
    )
