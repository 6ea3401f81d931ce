"""What recurs."""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.workflows.actions.watch_executions import watch_executions


async def ask_about_executions(slot: SlotDue, delivery: Delivery) -> None:
    """Ask engines about runs without a callback."""
    del slot
    await watch_executions(delivery)


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("workflows.watch_executions", timedelta(minutes=1), ask_about_executions, Lane.ENGINE),
)
