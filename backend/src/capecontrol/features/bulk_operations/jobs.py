"""What recurs."""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.lifecycle import KEPT


async def forget_old_operations(_: SlotDue, delivery: Delivery) -> None:
    """Delete operations that ended long ago. The audit keeps what they did."""
    async with delivery.completing() as work:
        await BulkOperationDao(work).forget_ended_before(work.now() - KEPT)


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("bulk_operations.forget_old_operations", timedelta(hours=1), forget_old_operations),
)
