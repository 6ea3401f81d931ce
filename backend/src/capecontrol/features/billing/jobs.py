"""What recurs: payment pages whose webhook does not come are asked about."""

from datetime import timedelta

from capecontrol.core.inbox.jobs import KEEP_PAYLOADS
from capecontrol.core.outbox.batches import in_batches
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.dao.stripe_events import StripeEventDao
from capecontrol.features.billing.events import CheckoutCheckDue

BATCH = 50


async def reconcile_checkouts(_slot: SlotDue, delivery: Delivery) -> None:
    """Announce a check of every payment page that has been silent for a while."""
    async with delivery.completing() as work:
        now = work.now()
        for intent in await IntentDao(work).to_ask_about(now, BATCH):
            if intent.checkout_session_id is None:
                continue
            intent.checked_at = now
            await work.emit(CheckoutCheckDue(session_id=intent.checkout_session_id))
        await work.session.flush()


async def forget_stripe_payloads(_: SlotDue, delivery: Delivery) -> None:
    """Empty the bodies of webhooks that release 0.1.0 took in, as the inbox does with those that came later."""
    before = delivery.clock.now() - KEEP_PAYLOADS
    await in_batches(delivery, lambda work, limit: StripeEventDao(work).forget_payloads(before, limit))


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("billing.forget_stripe_payloads", timedelta(days=1), forget_stripe_payloads),
    Scheduled(
        name="billing.reconcile_checkouts", every=timedelta(minutes=1), handle=reconcile_checkouts, lane=Lane.MONEY
    ),
)
