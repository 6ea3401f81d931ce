"""How many exports a process writes at once, and for whom."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from capecontrol.core.actor import Actor
from capecontrol.core.http.export_bounds import ExportBounds
from capecontrol.core.problems import TooManyRequests, Unavailable

T = TypeVar("T")
#: When somebody who was turned away may find a place.
RETRY_SECONDS = 15
#: How long a process that ends waits for the record of what it broke off.
CLOSE_SECONDS = 5.0


class ExportsBusy(Unavailable):
    """The process writes as many exports as it can."""

    retry_after_seconds: ClassVar[int | None] = RETRY_SECONDS
    is_planned: ClassVar[bool] = True


class ExportPlaces:
    """The places of a process: so many in all, for the people of one organization, and for one person.

    Each export holds a part of its list in memory, and reads the next as soon as that is sent.
    """

    def __init__(self, bounds: ExportBounds | None = None) -> None:
        """Take how many there are."""
        self.bounds = bounds or ExportBounds()
        self._taken: list[Actor] = []
        self._recording: set[asyncio.Task[Any]] = set()

    @contextmanager
    def taken(self, actor: Actor) -> Iterator[None]:
        """Hold a place for somebody.

        Raises:
            TooManyRequests: they, or their organization, have all that they may have.
            ExportsBusy: all are taken.
        """
        if sum(one.id == actor.id for one in self._taken) >= self.bounds.per_person_max:
            raise TooManyRequests(
                "Your other exports are still running. Try again when one of them has finished.",
                retry_after_seconds=RETRY_SECONDS,
            )
        of_organization = sum(one.org_id == actor.org_id for one in self._taken)
        if actor.org_id is not None and of_organization >= self.bounds.per_organization_max:
            raise TooManyRequests(
                "Your colleagues' exports are still running. Try again when one of them has finished.",
                retry_after_seconds=RETRY_SECONDS,
            )
        if len(self._taken) >= self.bounds.exports_max:
            raise ExportsBusy("Too many exports are running right now. Try again shortly.")
        self._taken.append(actor)
        try:
            yield
        finally:
            self._taken.remove(actor)

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
