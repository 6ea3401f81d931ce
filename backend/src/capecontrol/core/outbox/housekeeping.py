"""What the core itself does on a schedule: it forgets what nobody asks for any more."""

from datetime import timedelta

from sqlalchemy import text

from capecontrol.core.http.idempotency.dao import IdempotencyKeyDao
from capecontrol.core.outbox.batches import in_batches
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.core.work import UnitOfWork

#: Long enough to answer "was that mail sent?" from the table.
KEEP_DONE = timedelta(days=14)
#: After somebody saw it: long enough to find the cause and try again. One that nobody has seen stays.
KEEP_SEEN_DEAD_LETTERS = timedelta(days=90)
#: The API's promise.
KEEP_IDEMPOTENCY_KEYS = timedelta(hours=24)
#: Slots of each job, the newest; more than the schedule ever looks back.
KEEP_SLOTS = 1000
#: An hour, for which open pages may take up again where they left off, and as much again as a transaction may take.
KEEP_CHANGES = timedelta(minutes=70)

# By id: ids grow with time, so the oldest are found at one end of the primary key.
FORGET_DONE = """
delete from outbox where id in (
  select id from outbox where done_at < now() - cast(:keep as interval) order by id limit :batch for update skip locked
) returning id
"""
FORGET_SLOTS = """
delete from schedule_slots s using (select job, max(slot) as newest from schedule_slots group by job) as last
where s.job = last.job and s.slot < last.newest - :keep
"""


FORGET_CHANGES = """
delete from changes where id in (
  select id from changes where created_at < now() - cast(:keep as interval) order by id limit :batch
) returning id
"""


async def forget_done_messages(_due: SlotDue, delivery: Delivery) -> None:
    """Delete messages that were delivered two weeks ago, in batches. Dead letters stay until somebody decides."""

    async def forget(work: UnitOfWork, limit: int) -> int:
        return len((await work.session.execute(text(FORGET_DONE), {"keep": KEEP_DONE, "batch": limit})).all())

    await in_batches(delivery, forget)


async def forget_dead_letters(_due: SlotDue, delivery: Delivery) -> None:
    """Delete messages that were given up and that nobody tried again, long after an operator saw them."""
    await in_batches(delivery, lambda work, limit: OutboxDao(work).forget_seen(KEEP_SEEN_DEAD_LETTERS, limit))


async def forget_old_slots(_due: SlotDue, delivery: Delivery) -> None:
    """Delete claimed slots, but for each job's newest: the schedule goes on from them."""
    async with delivery.completing() as work:
        await work.session.execute(text(FORGET_SLOTS), {"keep": KEEP_SLOTS})


async def forget_idempotency_keys(_due: SlotDue, delivery: Delivery) -> None:
    """Delete the answers that were kept for repeated requests."""
    async with delivery.completing() as work:
        await IdempotencyKeyDao(work).forget_older_than(KEEP_IDEMPOTENCY_KEYS)


async def forget_changes(_due: SlotDue, delivery: Delivery) -> None:
    """Delete notes of changes that no page may ask for any more, in batches.

    By the database's clock: a worker whose own is ahead would forget what pages still have to hear.
    """

    async def forget(work: UnitOfWork, limit: int) -> int:
        return len((await work.session.execute(text(FORGET_CHANGES), {"keep": KEEP_CHANGES, "batch": limit})).all())

    await in_batches(delivery, forget)


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("core.forget_done_messages", timedelta(hours=1), forget_done_messages),
    Scheduled("core.forget_dead_letters", timedelta(days=1), forget_dead_letters),
    Scheduled("core.forget_old_slots", timedelta(hours=1), forget_old_slots),
    Scheduled("core.forget_changes", timedelta(minutes=15), forget_changes),
    Scheduled("core.forget_idempotency_keys", timedelta(hours=1), forget_idempotency_keys),
)
