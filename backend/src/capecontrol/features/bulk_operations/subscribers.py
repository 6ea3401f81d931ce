"""What bulk operations do about what they announce."""

from typing import Any

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Subscription
from capecontrol.features.bulk_operations.actions.advance_bulk_operation import advance_bulk_operation
from capecontrol.features.bulk_operations.events import BulkPartDue


async def do_part(event: BulkPartDue, delivery: Delivery) -> None:
    """Do the next part of an operation."""
    await advance_bulk_operation(delivery, event.operation_id)


SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription(event=BulkPartDue, consumer="bulk_operations.do_part", handle=do_part, lane=Lane.BULK),
)
