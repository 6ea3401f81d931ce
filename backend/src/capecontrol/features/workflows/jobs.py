"""What recurs."""

from datetime import timedelta

from capecontrol.core.outbox.batches import in_batches
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.workflows.actions.watch_executions import watch_executions
from capecontrol.features.workflows.dao.executions import ExecutionDao

#: A year and the month that it is compared with.
KEEP_EXECUTIONS = timedelta(days=396)
#: Nobody reads further back than these of one workflow, except what the pages count by days.
KEEP_NEWEST = 10_000
#: Beyond ``KEEP_NEWEST``: pages count the failures of seven days, and an error of a month ago may be asked about.
KEEP_SURPLUS = timedelta(days=30)


async def ask_about_executions(slot: SlotDue, delivery: Delivery) -> None:
    """Ask engines about runs without a callback."""
    del slot
    await watch_executions(delivery)


async def forget_executions(_: SlotDue, delivery: Delivery) -> None:
    """Delete runs that ended long ago, and of workflows that run often all but the newest."""
    now = delivery.clock.now()
    old, surplus = now - KEEP_EXECUTIONS, now - KEEP_SURPLUS
    await in_batches(delivery, lambda work, limit: ExecutionDao(work).forget_ended_before(old, limit))
    await in_batches(delivery, lambda work, limit: ExecutionDao(work).forget_surplus(KEEP_NEWEST, surplus, limit))


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("workflows.forget_executions", timedelta(days=1), forget_executions),
    Scheduled("workflows.watch_executions", timedelta(minutes=1), ask_about_executions, Lane.ENGINE),
)
