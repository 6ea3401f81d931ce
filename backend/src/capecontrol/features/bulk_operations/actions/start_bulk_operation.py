"""Start a bulk operation: what it is about is fixed here, so that it does not change while it goes on."""

import uuid
from collections.abc import Mapping, Sequence

from capecontrol.core.dao import KeyTaken
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.bulk_operations.dao import BulkOperationDao, BulkSelectionDao
from capecontrol.features.bulk_operations.errors import AlreadyActive, NothingMatches, TooManyMatch
from capecontrol.features.bulk_operations.events import BulkPartDue
from capecontrol.features.bulk_operations.lifecycle import BulkState
from capecontrol.features.bulk_operations.models import BulkOperation
from capecontrol.features.bulk_operations.record import record_operation

#: As many things one operation changes at most: a few minutes of work.
SUBJECTS_MAX = 10_000


async def start_bulk_operation(
    work: UnitOfWork, kind: str, subject_ids: Sequence[uuid.UUID], *, wanted: Mapping[str, str] | None
) -> BulkOperation:
    """Queue an act on things, in the name of the actor, who holds the kind's permission.

    Args:
        work: the unit of work of the request.
        kind: the name of the kind.
        subject_ids: the things, one more than may be where there are too many.
        wanted: the filter that found them, as it was sent; None where each was chosen.

    Raises:
        NothingMatches: there is none.
        TooManyMatch: there are more than one operation changes.
        AlreadyActive: the person has one of this kind that has not ended.
    """
    if not subject_ids:
        raise NothingMatches("Nothing matches this filter any more. Reload the list and try again.")
    if len(subject_ids) > SUBJECTS_MAX:
        raise TooManyMatch(f"More than {SUBJECTS_MAX:,} items match. Narrow the filter and try again.")
    operation = BulkOperation(
        id=new_id(),
        org_id=work.actor.org_id,
        person_id=work.actor.id,
        kind=kind,
        state=BulkState.QUEUED,
        total=len(subject_ids),
        succeeded=0,
        failed=0,
        errors=[],
    )
    try:
        await BulkOperationDao(work).add(operation)
    except KeyTaken as error:
        raise AlreadyActive("Wait until it ends, or cancel it.") from error
    await BulkSelectionDao(work).keep(operation, subject_ids)
    await record_operation(work, "started", operation, filter=None if wanted is None else dict(wanted))
    await work.emit(BulkPartDue(org_id=operation.org_id, operation_id=operation.id))
    return operation
