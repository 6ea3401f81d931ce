"""What the inbox does on a schedule: it seals and forgets what webhooks said, and never forgets that they came."""

from datetime import timedelta

from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.outbox.batches import in_batches
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue

#: How long the body of an applied webhook is kept. No repetition needs it (the key recognizes one, and Stripe gives up
#: after days, as our own attempts do): it is for whoever looks into what a provider said, within a quarter.
KEEP_PAYLOADS = timedelta(days=90)


async def forget_payloads(_due: SlotDue, delivery: Delivery) -> None:
    """Empty the bodies of webhooks that were applied long ago, in batches. What waits to be applied keeps its own."""
    before = delivery.clock.now() - KEEP_PAYLOADS
    await in_batches(delivery, lambda work, limit: InboundEventDao(work).forget_payloads(before, limit))


async def seal_payloads(_due: SlotDue, delivery: Delivery) -> None:
    """Seal the bodies of applied webhooks that code of before the rings left open, in batches."""
    await in_batches(delivery, lambda work, limit: InboundEventDao(work).seal_payloads(limit))


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("core.forget_inbound_payloads", timedelta(days=1), forget_payloads),
    Scheduled("core.seal_inbound_payloads", timedelta(days=1), seal_payloads),
)
