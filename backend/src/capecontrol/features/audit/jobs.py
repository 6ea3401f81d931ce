"""What recurs: the partitions of the months to come."""

from datetime import timedelta

import structlog

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.audit.dao.events import AuditDao

log = structlog.get_logger("audit")

#: A schedule that stands still for weeks does no harm: and what has no partition goes into the default one.
MONTHS_AHEAD = 3


async def make_partitions(_: SlotDue, delivery: Delivery) -> None:
    """Make the partitions that are missing, from this month on, and of past months that were missed.

    Whoever runs the installation is told first: the making itself may fail, day after day.
    """
    async with delivery.phase() as work:
        dao = AuditDao(work)
        unplaced, has_next_month = await dao.months_unplaced(), await dao.has_next_month()
    if unplaced or not has_next_month:
        months = [f"{month:%Y-%m}" for month in unplaced]
        log.error("audit.partitions_late", months_unplaced=months, has_next_month=has_next_month)
    async with delivery.phase() as work:
        await AuditDao(work).make_partitions(MONTHS_AHEAD)
    # Each month in units of its own: one that fails undoes none of those before it. Where the table was made before and
    # the job was interrupted, the first moves the events, and the second finds nothing left to do.
    for month in unplaced:
        for _step in ("make", "move"):
            async with delivery.phase() as work:
                await AuditDao(work).place_events(month)
    async with delivery.completing():
        pass


SCHEDULE: tuple[Scheduled, ...] = (Scheduled("audit.make_partitions", timedelta(days=1), make_partitions),)
