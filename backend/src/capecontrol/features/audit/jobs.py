"""What recurs: the partitions of the months to come."""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.audit.dao import AuditDao

#: A schedule that stands still for weeks does no harm: and what has no partition goes into the default one.
MONTHS_AHEAD = 3


async def make_partitions(_: SlotDue, delivery: Delivery) -> None:
    """Make the partitions that are missing, from this month on."""
    async with delivery.completing() as work:
        await AuditDao(work).make_partitions(MONTHS_AHEAD)


SCHEDULE: tuple[Scheduled, ...] = (Scheduled("audit.make_partitions", timedelta(days=1), make_partitions),)
