"""Twins: requests of one process that carry the same key at the same time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from capecontrol.core.http.idempotency.errors import KeyInUse
from capecontrol.core.http.idempotency.times import KeyTimes

#: How many requests wait for one key; the next is told to come back.
TWINS_MAX = 20


@dataclass(slots=True)
class _Queue:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class Twins:
    """Lets one request at a time ask the database for a key, so that all twins together take one connection."""

    def __init__(self, times: KeyTimes | None = None) -> None:
        """Take the times of keys."""
        self.times = times or KeyTimes()
        self._queues: dict[tuple[str, str], _Queue] = {}

    @asynccontextmanager
    async def turn(self, caller: str, key: str) -> AsyncIterator[float]:
        """Wait for the turn to ask for a key; give the moment, on the loop's clock, when the request has waited enough.

        Raises:
            KeyInUse: too many wait already, or the turn did not come in time.
        """
        queue = self._queues.setdefault((caller, key), _Queue())
        if queue.length >= TWINS_MAX:
            raise KeyInUse()
        deadline = asyncio.get_running_loop().time() + self.times.wait_seconds
        queue.length += 1
        try:
            await _acquire(queue.turn, deadline)
            try:
                yield deadline
            finally:
                queue.turn.release()
        finally:
            queue.length -= 1
            if queue.length == 0:
                del self._queues[caller, key]


async def _acquire(turn: asyncio.Lock, deadline: float) -> None:
    try:
        async with asyncio.timeout_at(deadline):
            await turn.acquire()
    except TimeoutError as error:
        raise KeyInUse() from error
