"""What the inbox does on a schedule: it seals and forgets what webhooks said, and never forgets that they came."""

from datetime import timedelta

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue

#: How long the body of an applied webhook is kept. No repetition needs it (the key recognizes one, and Stripe gives up
#: after three days, as our own attempts do): it is for whoever looks into what a provider said, within a quarter.
KEEP_PAYLOADS = timedelta(days=90)
#: Rows of one transaction: short enough that nothing waits for it.
BATCH = 1000


async def forget_payloads(_due: SlotDue, delivery: Delivery) -> None:
    """Empty the bodies of webhooks that were applied long ago, in batches. What waits to be applied keeps its own."""
    before = delivery.clock.now() - KEEP_PAYLOADS
    while True:
        async with delivery.phase(PlatformScope("inbox: forget payloads")) as work:
            emptied = await InboundEventDao(work).forget_payloads(before, BATCH)
        if emptied < BATCH:
            return


async def seal_payloads(_due: SlotDue, delivery: Delivery) -> None:
    """Seal the bodies of applied webhooks that code of before the rings left open, in batches."""
    while True:
        async with delivery.phase(PlatformScope("inbox: seal payloads")) as work:
            sealed = await InboundEventDao(work).seal_payloads(BATCH)
        if sealed < BATCH:
            return


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("core.forget_inbound_payloads", timedelta(days=1), forget_payloads),
    Scheduled("core.seal_inbound_payloads", timedelta(days=1), seal_payloads),
)
