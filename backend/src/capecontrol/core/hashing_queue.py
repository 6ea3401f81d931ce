"""The queue before the thread that hashes passwords: bounded, and fair to the sources that wait in it.

bcrypt at cost 12 takes about a quarter of a CPU second: a thread hashes four a second, which is less than the five that
one address may ask for. In a plain queue whoever asks most has all places. Here each source (an address, or the /64 of
an IPv6 one) has a queue of its own, the next turn is that of whoever had least of the thread lately, and where all
places are taken the last of the longest queue gives way to a source that has fewer: a storm is shed at its own expense,
and gets what the others leave.

It is a thread, not a process: bcrypt works without the interpreter's lock, and niced it leaves the cores to whoever
serves. Beside 167 other requests and 12 sign-ins a second on two cores, the others' p95 was 5 ms with a niced thread,
4 ms with a niced process and 7 ms with a plain thread (on a machine that was busy otherwise 23 to 39 ms, and 98 and
more with the plain one); a thread is not forked, watched, or fed through a pipe.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from capecontrol.core.problems import TooManyRequests

T = TypeVar("T")

#: As many hashes of one source wait or are under way: with cost 12 the last is there after a second and a half.
PLACES_PER_SOURCE = 6
#: As many of all sources: after three seconds.
PLACES = 12
RETRY_AFTER_SECONDS = 2
NICENESS = 10
#: In how long half of what a source had is forgotten.
HALF_LIFE_SECONDS = 30.0
#: Of how many sources what they had is remembered.
SOURCES_MAX = 1000
#: Whose hashes those are that no request asked for.
OURSELVES = "ourselves"


def _yield_to_others() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


class _Place:
    """One piece of work that waits for its turn."""

    __slots__ = ("source", "turn")

    def __init__(self, source: str) -> None:
        self.source = source
        #: Told True when it may begin, False when it has to give way.
        self.turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()


class HashingQueue:
    """Runs work in one niced thread, the sources in turn."""

    def __init__(self, *, places: int = PLACES, places_per_source: int = PLACES_PER_SOURCE) -> None:
        """Take how many may wait, of all sources and of one."""
        self._places = places
        self._places_per_source = places_per_source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="bcrypt", initializer=_yield_to_others)
        self._under_way: str | None = None
        self._waiting: dict[str, deque[_Place]] = {}
        #: How many turns a source had, and until when that is reckoned.
        self._had: dict[str, tuple[float, float]] = {}

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody's hash is under way."""
        return self._under_way is not None

    async def run(self, work: Callable[[], T], source: str | None = None) -> T:
        """Return what work returns, when it was its turn.

        Args:
            work: what takes the thread's time.
            source: who asks for it; None where we do ourselves.

        Raises:
            TooManyRequests: this source has all of its places taken, or all places are taken by as modest ones.
        """
        await self._take_turn(source or OURSELVES)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._pass_turn()

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _take_turn(self, source: str) -> None:
        if self._under_way is None:
            self._begin(source)
            return
        self._make_room(source)
        place = _Place(source)
        self._waiting.setdefault(source, deque()).append(place)
        try:
            is_ours = await place.turn
        except asyncio.CancelledError:
            if place.turn.done() and not place.turn.cancelled():
                self._pass_turn()
            else:
                self._leave(place)
            raise
        if not is_ours:
            raise _refusal()

    def _pass_turn(self) -> None:
        self._under_way = None
        while self._waiting and self._under_way is None:
            # Of those who had as much, the one that waits longest.
            source = min(self._waiting, key=self._turns_of)
            place = self._waiting[source][0]
            self._leave(place)
            if not place.turn.done():
                self._begin(source)
                place.turn.set_result(True)

    def _begin(self, source: str) -> None:
        turns = self._turns_of(source) + 1
        # The latest last: the first are the ones to forget.
        self._had.pop(source, None)
        self._had[source] = (turns, asyncio.get_running_loop().time())
        if len(self._had) > SOURCES_MAX:
            del self._had[next(iter(self._had))]
        self._under_way = source

    def _turns_of(self, source: str) -> float:
        """Return how many turns a source had lately."""
        now = asyncio.get_running_loop().time()
        turns, at = self._had.get(source, (0.0, now))
        return float(turns * 0.5 ** ((now - at) / HALF_LIFE_SECONDS))

    def _make_room(self, source: str) -> None:
        """Let a source in, or refuse it, or whoever has more.

        Raises:
            TooManyRequests: there is no place for it.
        """
        own = self._places_of(source)
        if own >= self._places_per_source:
            raise _refusal()
        if sum(map(len, self._waiting.values())) + 1 < self._places:
            return
        longest = max(self._waiting, key=self._places_of)
        if self._places_of(longest) <= own + 1:
            raise _refusal()
        place = self._waiting[longest][-1]
        self._leave(place)
        if not place.turn.done():
            place.turn.set_result(False)

    def _places_of(self, source: str) -> int:
        return len(self._waiting.get(source, ())) + (source == self._under_way)

    def _leave(self, place: _Place) -> None:
        places = self._waiting.get(place.source)
        if places is not None and place in places:
            places.remove(place)
            if not places:
                del self._waiting[place.source]


def _refusal() -> TooManyRequests:
    return TooManyRequests(
        "Many people are signing in right now; try again in a moment.", retry_after_seconds=RETRY_AFTER_SECONDS
    )
