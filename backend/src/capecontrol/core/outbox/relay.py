"""The relay: finds messages that are due and wakes workers. Any number may run."""

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import Actor, Foundation

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


class Relay:
    """Moves ids of due messages to the queue."""

    def __init__(self, foundation: Foundation, enqueue: Callable[[uuid.UUID], None]) -> None:
        """Take the way into the queue. It may raise: the message is then found again later."""
        self._foundation = foundation
        self._enqueue = enqueue

    async def sweep(self, limit: int = 200) -> Sequence[uuid.UUID]:
        """Hand over what is due, oldest first, and return the ids."""
        system = Actor.system("outbox")
        async with self._foundation.unit(system, PlatformScope("outbox: find due messages")) as work:
            rows = (await work.session.execute(text(DUE), {"limit": limit, "requeue": REQUEUE_SECONDS})).all()
        # Enqueued after the commit: a worker that is woken before it would find nothing to claim.
        ids = [row.id for row in sorted(rows, key=lambda row: (row.available_at, row.id))]
        for identifier in ids:
            self._enqueue(identifier)
        return ids
