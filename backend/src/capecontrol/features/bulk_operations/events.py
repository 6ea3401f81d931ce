"""What bulk operations announce."""

import uuid

from capecontrol.core.events import Event


class BulkPartDue(Event):
    """The next part of an operation is to be done."""

    topic = "bulk_operations.part_due.v1"
    operation_id: uuid.UUID
