"""Who may hold one of a process's connections, and when."""

import asyncio
from collections import deque
from dataclasses import dataclass


@dataclass(slots=True)
class Turn:
    """What lets its holder use a connection."""

    #: Whether its holder hardly works any more, so that somebody else may.
    is_aside: bool = False


@dataclass(slots=True)
class _Waiter:
    turn: asyncio.Future[Turn]
    #: Whether it has waited for long enough to be let in beyond the few.
    is_urgent: bool = False


class Turns:
    """So many at a time, in the order in which they came, and only a few of them while these get on.

    A process does one thing at a time, and so does a core of the server. If twelve requests are begun together, each
    is done about when the last one is; begun a few at a time, most are done long before. A lock or a slow disk that
    holds up the few must not hold up everybody else, though: whoever has waited for long enough is let in beyond them.
    """

    def __init__(self, most: int, few: int, patience_seconds: float) -> None:
        """Begin with nobody.

        Args:
            most: how many turns there are.
            few: how many of them are given away without a wait.
            patience_seconds: how long everybody else waits for one of the few.
        """
        self._most = most
        self._few = min(few, most)
        self._patience_seconds = patience_seconds
        self._held = 0
        self._aside = 0
        self._waiting: deque[_Waiter] = deque()

    @property
    def held(self) -> int:
        """Return how many turns are held."""
        return self._held

    async def take(self, timeout_seconds: float) -> Turn:
        """Wait for a turn. Whoever gets one ends it.

        Raises:
            TimeoutError: none came in time.
        """
        if not self._waiting and self._has_turn(is_urgent=False):
            return self._give()
        loop = asyncio.get_running_loop()
        waiter = _Waiter(loop.create_future())
        self._waiting.append(waiter)
        patience = loop.call_later(self._patience_seconds, self._hurry, waiter)
        try:
            async with asyncio.timeout(timeout_seconds):
                return await waiter.turn
        except BaseException:
            if not waiter.turn.cancelled():
                # It came just as its waiter left.
                self.end(waiter.turn.result())
            raise
        finally:
            patience.cancel()

    def step_aside(self, turn: Turn) -> None:
        """Keep a turn, but let somebody else work meanwhile."""
        if not turn.is_aside:
            turn.is_aside = True
            self._aside += 1
            self._let_in()

    def end(self, turn: Turn) -> None:
        """End a turn, and let in whoever is next."""
        self._held -= 1
        self._aside -= turn.is_aside
        self._let_in()

    def _has_turn(self, *, is_urgent: bool) -> bool:
        return self._held < self._most and (is_urgent or self._held - self._aside < self._few)

    def _give(self) -> Turn:
        self._held += 1
        return Turn()

    def _hurry(self, waiter: _Waiter) -> None:
        waiter.is_urgent = True
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            # Who left is passed over.
            if not first.turn.done():
                if not self._has_turn(is_urgent=first.is_urgent):
                    return
                first.turn.set_result(self._give())
            self._waiting.popleft()
