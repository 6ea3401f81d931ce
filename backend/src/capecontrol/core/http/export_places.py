"""How many exports a process writes at once, and for whom."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from capecontrol.core.problems import TooManyRequests, Unavailable

T = TypeVar("T")
#: When somebody who was turned away may find a place.
RETRY_SECONDS = 15
#: How long a process that ends waits for the record of what it broke off.
CLOSE_SECONDS = 5.0


class ExportsBusy(Unavailable):
    """The process writes as many exports as it can."""

    retry_after_seconds: ClassVar[int | None] = RETRY_SECONDS


class ExportPlaces:
    """The places of a process: so many in all, and so many for one person.

    Each export holds a part of its list in memory, and reads the next as soon as that is sent.
    """

    def __init__(self, in_all: int = 8, of_one: int = 2) -> None:
        """Take how many there are."""
        self._in_all = in_all
        self._of_one = of_one
        self._taken: Counter[uuid.UUID | None] = Counter()
        self._recording: set[asyncio.Task[Any]] = set()

    @contextmanager
    def taken(self, actor_id: uuid.UUID | None) -> Iterator[None]:
        """Hold a place for somebody.

        Raises:
            TooManyRequests: they have all that one person may have.
            ExportsBusy: all are taken.
        """
        if self._taken[actor_id] >= self._of_one:
            raise TooManyRequests(
                "Your other exports are still running. Try again when one of them has finished.",
                retry_after_seconds=RETRY_SECONDS,
            )
        if self._taken.total() >= self._in_all:
            raise ExportsBusy("Many exports are running right now. Try again shortly.")
        self._taken[actor_id] += 1
        try:
            yield
        finally:
            self._taken[actor_id] -= 1
            if not self._taken[actor_id]:
                del self._taken[actor_id]

    async def kept(self, recording: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns, which goes on when whoever waits here is cancelled."""
        task = asyncio.create_task(recording)
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait, a little, until all that was broken off is on record."""
        if self._recording:
            await asyncio.wait(self._recording, timeout=CLOSE_SECONDS)
