"""The queue before the thread that hashes passwords: bounded, and fair to the sources that wait in it.

bcrypt at cost 12 takes about a quarter of a CPU second: a thread hashes four a second, which is less than the five that
one address may ask for. In a plain queue whoever asks most has all places. Here each source (an address, or the /64 of
an IPv6 one) has a queue of its own, the next turn is that of whoever had least of the thread lately, and where all
places are taken the last of the longest queue gives way to a source that has fewer: a storm is shed at its own expense,
and gets what the others leave.

That is decided among networks first (/24, of IPv6 /48), and then among the sources of one: a subscriber of IPv6 has up
to 65,536 sources, each of which had nothing lately.

It is a thread, not a process: bcrypt works without the interpreter's lock, and niced it leaves the cores to whoever
serves. Beside 167 other requests and 12 sign-ins a second on two cores, the others' p95 was 5 ms with a niced thread,
4 ms with a niced process and 7 ms with a plain thread (on a machine that was busy otherwise 23 to 39 ms, and 98 and
more with the plain one); a thread is not forked, watched, or fed through a pipe.
"""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from capecontrol.core.client_address import counted_network
from capecontrol.core.problems import TooManyRequests

T = TypeVar("T")

#: As many hashes of one source wait or are under way: with cost 12 the last is there after a second and a half.
PLACES_PER_SOURCE = 6
#: As many of all sources: after three seconds.
PLACES = 12
RETRY_AFTER_SECONDS = 2
#: How far the thread steps back, from where its process stands.
NICENESS = 10
#: In how long half of what a source had is forgotten.
HALF_LIFE_SECONDS = 30.0
#: Of how many sources, and networks, what they had is remembered.
SOURCES_MAX = 1000
#: Whose hashes those are that no request asked for.
OURSELVES = "ourselves"


def _yield_to_others() -> None:
    # Linux, and no other system, takes a thread for a process here.
    if sys.platform == "linux":
        os.nice(NICENESS)


class _Place:
    """One piece of work that waits for its turn."""

    __slots__ = ("network", "source", "turn")

    def __init__(self, source: str) -> None:
        self.source = source
        self.network = counted_network(source)
        #: Told True when it may begin, False when it has to give way.
        self.turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()


class _Turns:
    """How many turns each had lately."""

    def __init__(self) -> None:
        #: How many, and until when that is reckoned.
        self._had: dict[str, tuple[float, float]] = {}

    def of(self, name: str) -> float:
        """Return how many one had."""
        now = asyncio.get_running_loop().time()
        turns, at = self._had.get(name, (0.0, now))
        return float(turns * 0.5 ** ((now - at) / HALF_LIFE_SECONDS))

    def add(self, name: str) -> None:
        """Note that one has another."""
        turns = self.of(name) + 1
        # The latest last: the first are the ones to forget.
        self._had.pop(name, None)
        self._had[name] = (turns, asyncio.get_running_loop().time())
        if len(self._had) > SOURCES_MAX:
            del self._had[next(iter(self._had))]


#: Those of one network who wait, by source.
_Queues = dict[str, deque[_Place]]


class HashingQueue:
    """Runs work in one niced thread, the networks in turn, and in each of them its sources."""

    def __init__(self, *, places: int = PLACES, places_per_source: int = PLACES_PER_SOURCE) -> None:
        """Take how many may wait, of all sources and of one."""
        self._places = places
        self._places_per_source = places_per_source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="bcrypt", initializer=_yield_to_others)
        self._under_way: _Place | None = None
        self._waiting: dict[str, _Queues] = {}
        self._turns_of_networks = _Turns()
        self._turns_of_sources = _Turns()

    @property
    def is_busy(self) -> bool:
        """Tell whether somebody's hash is under way."""
        return self._under_way is not None

    async def run(self, work: Callable[[], T], source: str | None = None) -> T:
        """Return what work returns, when it was its turn.

        Args:
            work: what takes the thread's time.
            source: who asks for it (``Origin.source``); None where we do ourselves.

        Raises:
            TooManyRequests: this source has all of its places taken, or all places are taken by as modest ones.
        """
        await self._take_turn(_Place(source or OURSELVES))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._pass_turn()

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _take_turn(self, place: _Place) -> None:
        if self._under_way is None:
            self._begin(place)
            return
        self._make_room(place)
        self._waiting.setdefault(place.network, {}).setdefault(place.source, deque()).append(place)
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
            queues = self._waiting[min(self._waiting, key=self._turns_of_networks.of)]
            place = queues[min(queues, key=self._turns_of_sources.of)][0]
            self._leave(place)
            if not place.turn.done():
                self._begin(place)
                place.turn.set_result(True)

    def _begin(self, place: _Place) -> None:
        self._turns_of_networks.add(place.network)
        self._turns_of_sources.add(place.source)
        self._under_way = place

    def _make_room(self, place: _Place) -> None:
        """Let a place in, or refuse it, or whoever has more.

        Raises:
            TooManyRequests: there is no room for it.
        """
        if self._places_of_source(place.network, place.source) >= self._places_per_source:
            raise _refusal()
        if sum(map(_length, self._waiting.values())) + 1 < self._places:
            return
        given_up = self._greediest(place)
        if given_up is None:
            raise _refusal()
        self._leave(given_up)
        if not given_up.turn.done():
            given_up.turn.set_result(False)

    def _greediest(self, place: _Place) -> _Place | None:
        """Return the last place of whoever has more than a newcomer would: another network, or another of its own."""
        network = max(self._waiting, key=self._places_of_network)
        if self._places_of_network(network) <= self._places_of_network(place.network) + 1:
            network = place.network
        queues = self._waiting.get(network, {})
        # Of as long ones the latest: the others wait longer.
        source = max(reversed(queues), key=lambda one: self._places_of_source(network, one), default=None)
        if source is None:
            return None
        own = self._places_of_source(place.network, place.source)
        if network == place.network and self._places_of_source(network, source) <= own + 1:
            return None
        return queues[source][-1]

    def _places_of_network(self, network: str) -> int:
        is_under_way = self._under_way is not None and self._under_way.network == network
        return _length(self._waiting.get(network, {})) + is_under_way

    def _places_of_source(self, network: str, source: str) -> int:
        is_under_way = self._under_way is not None and self._under_way.source == source
        return len(self._waiting.get(network, {}).get(source, ())) + is_under_way

    def _leave(self, place: _Place) -> None:
        queues = self._waiting.get(place.network, {})
        places = queues.get(place.source)
        if places is None or place not in places:
            return
        places.remove(place)
        if not places:
            del queues[place.source]
        if not queues:
            del self._waiting[place.network]


def _length(queues: _Queues) -> int:
    return sum(map(len, queues.values()))


def _refusal() -> TooManyRequests:
    return TooManyRequests(
        "Many people are signing in right now. Try again in a moment.", retry_after_seconds=RETRY_AFTER_SECONDS
    )
