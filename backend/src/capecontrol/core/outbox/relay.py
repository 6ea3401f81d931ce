"""The relay: finds messages that are due and wakes workers. Any number may run."""

import uuid
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory

#: After this long a message that was handed to the queue and not taken is handed over again: Redis may have lost it.
REQUEUE_SECONDS = 10

DUE = """
update outbox set enqueued_at = now() where id in (
  select id from outbox
  where done_at is null and dead_at is null and available_at <= now()
    and (lease_until is null or lease_until < now())
    and (enqueued_at is null or enqueued_at < now() - make_interval(secs => :requeue))
  order by available_at limit :limit for update skip locked
) returning id, available_at
"""
TAKE_BACK = "update outbox set enqueued_at = null where id = any(:ids) and done_at is null"


class Queue(Protocol):
    """Where ids of due messages go: workers behind Redis, or this process itself."""

    async def room(self) -> int:
        """Return how many more ids it takes now, so that a slow day does not fill it with repetitions.

        Raises:
            Exception: it cannot be reached.
        """
        ...

    async def put(self, ids: Sequence[uuid.UUID]) -> None:
        """Take ids, in order.

        Raises:
            Exception: it cannot be reached; some may have been taken.
        """
        ...


class Relay:
    """Moves ids of due messages to a queue."""

    def __init__(self, factory: UnitOfWorkFactory, queue: Queue, *, requeue_seconds: float = REQUEUE_SECONDS) -> None:
        """Take the queue, and how long it may sit on an id before it counts as lost."""
        self._factory = factory
        self._queue = queue
        self._requeue_seconds = requeue_seconds

    async def sweep(self, limit: int = 200) -> Sequence[uuid.UUID]:
        """Hand over what is due, oldest first, and return the ids.

        Raises:
            Exception: the database or the queue cannot be reached; what was marked is due again at once.
        """
        limit = min(limit, await self._queue.room())
        if limit <= 0:
            return []
        system = Actor.system("outbox")
        async with self._factory.unit(system, PlatformScope("outbox: find due messages")) as work:
            due = await work.session.execute(text(DUE), {"limit": limit, "requeue": self._requeue_seconds})
            rows = due.all()
        # Handed over after the commit: a worker that is woken before it would find nothing to claim.
        ids = [row.id for row in sorted(rows, key=lambda row: (row.available_at, row.id))]
        if not ids:
            return ids
        try:
            await self._queue.put(ids)
        except Exception:
            # Whoever can deliver should not have to wait until the marks are old.
            async with self._factory.unit(system, PlatformScope("outbox: take back what was not queued")) as work:
                await work.session.execute(text(TAKE_BACK), {"ids": ids})
            raise
        return ids
