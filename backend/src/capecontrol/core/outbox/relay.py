"""The relay: finds messages that are due and wakes workers. Any number may run."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.work import UnitOfWorkFactory

#: After this long a message that was handed to the queue and not taken is handed over again: Redis may have lost it.
REQUEUE_SECONDS = 10

# The lanes are those of the rows, found one by one in the index: rows of a lane that this release does not know go on,
# too. Each has its own bound, so that the backlog of one takes no place from another.
DUE = """
with recursive lanes as (
  (select lane from outbox where done_at is null and dead_at is null order by lane limit 1)
  union all
  select (
    select o.lane from outbox o where o.done_at is null and o.dead_at is null and o.lane > lanes.lane
    order by o.lane limit 1
  ) from lanes where lanes.lane is not null
), bounds as (
  select lane, coalesce(
    (select b.room from unnest(cast(:lanes as text[]), cast(:rooms as int[])) as b (lane, room) where b.lane = l.lane),
    :default_room
  ) as room
  from lanes l where lane is not null
)
update outbox set enqueued_at = now() where id in (
  select due.id from bounds cross join lateral (
    select id from outbox
    where lane = bounds.lane and done_at is null and dead_at is null and available_at <= now()
      and (lease_until is null or lease_until < now())
      and (enqueued_at is null or enqueued_at < now() - make_interval(secs => :requeue))
    order by available_at limit bounds.room for update skip locked
  ) as due
) returning id, lane, available_at
"""
TAKE_BACK = "update outbox set enqueued_at = null where id = any(:ids) and done_at is null"


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A message that somebody should deliver now."""

    id: uuid.UUID
    lane: Lane


class Queue(Protocol):
    """Where due messages go: workers behind Redis, or this process itself."""

    async def room(self) -> Mapping[Lane, int]:
        """Return how many more it takes in each lane, so that a slow day does not fill it with repetitions.

        Raises:
            Exception: it cannot be reached.
        """
        ...

    async def put(self, due: Sequence[DueMessage]) -> None:
        """Take messages, in order.

        Raises:
            Exception: it cannot be reached; some may have been taken.
        """
        ...


class Relay:
    """Hands due messages to a queue."""

    def __init__(self, factory: UnitOfWorkFactory, queue: Queue, *, requeue_seconds: float = REQUEUE_SECONDS) -> None:
        """Take the queue, and how long it may sit on a message before it counts as lost."""
        self._factory = factory
        self._queue = queue
        self._requeue_seconds = requeue_seconds

    async def sweep(self, limit: int = 200) -> Sequence[DueMessage]:
        """Hand over what is due, oldest first, and return it.

        Args:
            limit: how many of each lane, at most.

        Raises:
            Exception: the database or the queue cannot be reached; what was marked is due again at once.
        """
        free = await self._queue.room()
        rooms = {lane: max(0, min(limit, free.get(lane, 0))) for lane in Lane}
        if not any(rooms.values()):
            return []
        system = Actor.system("outbox")
        async with self._factory.unit(system, PlatformScope("outbox: find due messages")) as work:
            found = await work.session.execute(
                text(DUE),
                {
                    "lanes": [lane.value for lane in rooms],
                    "rooms": list(rooms.values()),
                    "default_room": rooms[Lane.DEFAULT],
                    "requeue": self._requeue_seconds,
                },
            )
            rows = found.all()
        # Handed over after the commit: a worker that is woken before it would find nothing to claim.
        rows = sorted(rows, key=lambda row: (row.available_at, row.id))
        due = [DueMessage(row.id, Lane.named(row.lane)) for row in rows]
        if not due:
            return due
        try:
            await self._queue.put(due)
        except Exception:
            # Whoever can deliver should not have to wait until the marks are old.
            async with self._factory.unit(system, PlatformScope("outbox: take back what was not queued")) as work:
                await work.session.execute(text(TAKE_BACK), {"ids": [message.id for message in due]})
            raise
        return due
