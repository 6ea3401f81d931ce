"""What recurs: entries for acts of processes that know no activity yet.

While a release without activity is being replaced, its processes record acts in the audit log only. The migration
carried the log over once; this brings what came after it. It goes when no such release can come back.
"""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.activity.dao.entries import ActivityDao

#: How far it looks back: longer than a roll-out takes.
WINDOW = timedelta(days=1)


async def carry_over(_: SlotDue, delivery: Delivery) -> None:
    """Add the entries that are missing, in one statement."""
    async with delivery.completing() as work:
        await ActivityDao(work).carry_over(work.now() - WINDOW)


SCHEDULE: tuple[Scheduled, ...] = (Scheduled("activity.carry_over", timedelta(minutes=15), carry_over),)
