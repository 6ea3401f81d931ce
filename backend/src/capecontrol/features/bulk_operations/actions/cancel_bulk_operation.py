"""Cancel a bulk operation: what is done stays done."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.errors import AlreadyEnded
from capecontrol.features.bulk_operations.lifecycle import BulkState
from capecontrol.features.bulk_operations.models import BulkOperation
from capecontrol.features.bulk_operations.record import counts_of, record_operation


async def cancel_bulk_operation(work: UnitOfWork, operation: BulkOperation) -> None:
    """End an operation at once. A thing whose turn is under way is done or not when this has the operation's lock.

    An act in phases that is at the outside just then goes on to its end, and is counted.

    Raises:
        AlreadyEnded: it has come to its end.
    """
    if not await BulkOperationDao(work).end(operation.id, BulkState.CANCELLED):
        raise AlreadyEnded("It ended before it could be cancelled.")
    await work.session.refresh(operation)
    await record_operation(work, "cancelled", operation, **counts_of(operation))
