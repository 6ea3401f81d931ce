"""What recurs."""

from datetime import timedelta

import structlog

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.bulk_operations.actions.end_bulk_operation import end_bulk_operation
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.lifecycle import KEPT, BulkState, StopReason

log = structlog.get_logger("bulk_operations")


async def stop_orphans(_: SlotDue, delivery: Delivery) -> None:
    """Stop operations whose message was given up, so that their owners read it and may begin the next one."""
    async with delivery.completing() as work:
        for operation in await BulkOperationDao(work).orphaned():
            log.error("bulk_operation.orphaned", operation_id=str(operation.id), kind=operation.kind)
            await end_bulk_operation(work, operation, BulkState.FAILED, StopReason.INTERNAL_ERROR)


async def forget_old_operations(_: SlotDue, delivery: Delivery) -> None:
    """Delete operations that ended long ago. The audit keeps what they did."""
    async with delivery.completing() as work:
        await BulkOperationDao(work).forget_ended_before(work.now() - KEPT)


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("bulk_operations.stop_orphans", timedelta(hours=1), stop_orphans),
    Scheduled("bulk_operations.forget_old_operations", timedelta(hours=1), forget_old_operations),
)
