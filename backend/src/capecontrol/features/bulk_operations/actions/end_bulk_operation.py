"""End a bulk operation that nobody has ended: all had their turn, or it may not or cannot go on."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.lifecycle import BulkState, StopReason
from capecontrol.features.bulk_operations.models import BulkOperation
from capecontrol.features.bulk_operations.record import counts_of, record_operation


async def end_bulk_operation(
    work: UnitOfWork, operation: BulkOperation, state: BulkState, reason: StopReason | None = None
) -> None:
    """End an operation and record it: as the person's act where the unit is theirs.

    Args:
        work: the unit of work.
        operation: the operation; one that has ended stays as it is.
        state: how it ends.
        reason: why it was stopped; None where every thing had its turn.
    """
    if await BulkOperationDao(work).end(operation.id, state, stop_reason=reason):
        act = "finished" if reason is None else "stopped"
        details = {} if reason is None else {"reason": reason}
        await record_operation(work, act, operation, **counts_of(operation), **details)
