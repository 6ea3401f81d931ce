"""What recurs: payment pages whose webhook does not come are asked about."""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.events import CheckoutCheckDue

#: How long a page may be silent before the provider is asked.
SILENCE = timedelta(minutes=2)
BATCH = 50


async def reconcile_checkouts(_slot: SlotDue, delivery: Delivery) -> None:
    """Announce a check of every payment page that has been silent for a while."""
    async with delivery.completing() as work:
        now = work.now()
        for intent in await IntentDao(work).silent_since(now - SILENCE, BATCH):
            if intent.checkout_session_id is None:
                continue
            intent.checked_at = now
            await work.emit(CheckoutCheckDue(session_id=intent.checkout_session_id))
        await work.session.flush()


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled(
        name="billing.reconcile_checkouts", every=timedelta(minutes=1), handle=reconcile_checkouts, lane=Lane.MONEY
    ),
)
