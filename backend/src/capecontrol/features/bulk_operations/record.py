"""How bulk operations are recorded: their beginning and their end. What is done to each thing its act records."""

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork
from capecontrol.features.bulk_operations.models import BulkOperation


async def record_operation(work: UnitOfWork, act: str, operation: BulkOperation, **details: object) -> None:
    """Record an act on an operation in the audit log, and tell the person's open pages."""
    await work.record(
        f"bulk_operation.{act}",
        resource=("bulk_operation", operation.id),
        org_id=operation.org_id,
        metadata={"kind": operation.kind, "total": operation.total, **details},
    )
    note_progress(work, operation)


def note_progress(work: UnitOfWork, operation: BulkOperation) -> None:
    """Tell the person's open pages that an operation went on.

    The note names the person, not the operation: pages of others, who hear of the same topic, have nothing to ask for.
    """
    org_id = operation.org_id
    note_change(work, Topic.BULK_OPERATIONS, operation.person_id, org_id=org_id, is_for_clients=org_id is not None)


def counts_of(operation: BulkOperation) -> dict[str, object]:
    """Return how far an operation came, as the audit keeps it."""
    return {"succeeded": operation.succeeded, "failed": operation.failed}
