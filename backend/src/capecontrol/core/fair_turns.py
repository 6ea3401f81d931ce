"""Turns at something of which there is one: the sources of the work in turn, and for nobody without an end."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class TurnRefused(Exception):
    """There is no place to wait, or the turn did not come in time."""


class FairTurns:
    """Gives turns, one at a time.

    Who asks for ten turns waits for nine of them: between two of one source, each other source that waits has one.
    """

    def __init__(self, *, places: int, places_per_source: int, wait_seconds: float) -> None:
        """Take how many may wait, of all sources and of one, and for how long."""
        self._places = places
        self._places_per_source = places_per_source
        self._wait_seconds = wait_seconds
        self._is_taken = False
        #: Who waits, by source; the source that comes next is the first.
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, source: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it.

        Raises:
            TurnRefused: there is no place, or it did not come in time.
        """
        if self._is_taken:
            await self._wait(source)
        self._is_taken = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, source: str) -> None:
        if sum(map(len, self._waiting.values())) >= self._places:
            raise TurnRefused("too many wait")
        queue = self._waiting.setdefault(source, deque())
        if len(queue) >= self._places_per_source:
            raise TurnRefused("too much of one source waits")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            async with asyncio.timeout(self._wait_seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                # It came at the same moment: the next one has it.
                self._pass_on()
            else:
                self._leave(source, turn)
            if isinstance(error, TimeoutError):
                raise TurnRefused("it did not come in time") from error
            raise

    def _pass_on(self) -> None:
        """Give the turn to the first of the source that comes next, and put that source behind the others."""
        self._is_taken = False
        while self._waiting and not self._is_taken:
            source = next(iter(self._waiting))
            queue = self._waiting.pop(source)
            turn = queue.popleft()
            if queue:
                self._waiting[source] = queue
            if not turn.done():
                self._is_taken = True
                turn.set_result(None)

    def _leave(self, source: str, turn: "asyncio.Future[None]") -> None:
        queue = self._waiting.get(source)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._waiting[source]
