"""The queue of hashes: bounded, and no source takes another's turn."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from capecontrol.core.hashing_queue import HashingQueue
from capecontrol.core.problems import TooManyRequests


class Line:
    """A queue whose thread stands still until the line is formed; says in which order the work was done."""

    def __init__(self, queue: HashingQueue) -> None:
        self.queue = queue
        self.done: list[str] = []
        self._may_begin = threading.Event()
        self._came: list[asyncio.Task[None]] = []

    async def come(self, *names: str) -> None:
        """Queue up under names such as ``a1``, the first of source a."""
        for name in names:
            await self.come_from(name[0], name)

    async def come_from(self, source: str, name: str) -> None:
        """Queue up for a source."""
        self._came.append(asyncio.create_task(self.queue.run(lambda: self._work(name), source)))
        await asyncio.sleep(0)

    async def leave(self, place: int) -> None:
        """Give one's place up."""
        self._came[place].cancel()
        with suppress(asyncio.CancelledError):
            await self._came[place]

    async def end(self) -> list[bool]:
        """Let all be done; tell of each who came whether they were served."""
        self._may_begin.set()
        outcomes = await asyncio.gather(*self._came, return_exceptions=True)
        assert all(one is None or isinstance(one, TooManyRequests | asyncio.CancelledError) for one in outcomes)
        return [one is None for one in outcomes]

    def _work(self, name: str) -> None:
        self._may_begin.wait()
        self.done.append(name)


@pytest.fixture
def line() -> Iterator[Line]:
    queue = HashingQueue(places=6, places_per_source=4)
    yield Line(queue)
    queue.close()


async def test_sources_take_turns(line: Line) -> None:
    await line.come("a1", "a2", "a3", "b1", "c1", "b2")
    assert await line.end() == [True] * 6
    assert line.done == ["a1", "b1", "c1", "a2", "b2", "a3"]


async def test_who_had_much_lately_comes_last(line: Line) -> None:
    """A storm gets what the others leave, also after its queue was empty."""
    for _ in range(5):
        await line.queue.run(lambda: None, "a")
    await line.come("x1", "a1", "a2", "b1", "b2", "c1")
    assert await line.end() == [True] * 6
    assert line.done == ["x1", "b1", "c1", "b2", "a1", "a2"]


async def test_a_source_has_its_places_and_no_more(line: Line) -> None:
    await line.come("a1", "a2", "a3", "a4", "a5", "b1")
    assert await line.end() == [True] * 4 + [False, True]


async def test_where_all_places_are_taken_the_greediest_gives_way(line: Line) -> None:
    await line.come("a1", "a2", "a3", "a4", "b1", "b2", "c1", "d1")
    assert await line.end() == [True, True, False, False, True, True, True, True]
    assert line.done == ["a1", "b1", "c1", "d1", "a2", "b2"]


async def test_where_all_are_modest_the_last_is_refused(line: Line) -> None:
    await line.come("a1", "b1", "c1", "d1", "e1", "f1", "g1")
    assert await line.end() == [True] * 6 + [False]


async def test_a_network_with_many_sources_has_the_turns_of_one(line: Line) -> None:
    """Each /64 of a site's /48 had nothing lately: they are as new as an honest one."""
    for number in range(5):
        await line.queue.run(lambda: None, f"2001:db8:7:{number:x}::/64")
    for number in range(100, 105):
        await line.come_from(f"2001:db8:7:{number:x}::/64", f"storm {number}")
    await line.come_from("198.51.100.7", "honest")
    assert await line.end() == [True] * 6
    assert line.done[1] == "honest"


async def test_a_network_with_many_sources_keeps_nobody_out(line: Line) -> None:
    storm = 64
    for number in range(storm):
        await line.come_from(f"2001:db8:7:{number:x}::/64", f"storm {number}")
    for number in range(3):
        await line.come_from(f"198.51.{number}.7", f"honest {number}")
    served = await line.end()
    assert served[storm:] == [True] * 3
    # Who waits longest stays.
    assert served[:storm] == [True] * 3 + [False] * (storm - 3)
    assert line.done == ["storm 0", "honest 0", "honest 1", "honest 2", "storm 1", "storm 2"]


async def test_in_a_network_the_greediest_source_gives_way(line: Line) -> None:
    for name in ("a1", "a2", "a3", "a4", "b1", "b2", "c1", "d1"):
        await line.come_from(f"198.51.100.{ord(name[0])}", name)
    assert await line.end() == [True, True, False, False, True, True, True, True]
    assert line.done == ["a1", "b1", "c1", "d1", "a2", "b2"]


async def test_a_refusal_says_when_to_come_back(line: Line) -> None:
    await line.come("a1", "a2", "a3", "a4")
    with pytest.raises(TooManyRequests) as refused:
        await line.queue.run(lambda: None, "a")
    assert int(refused.value.headers["Retry-After"]) >= 1
    await line.end()


@pytest.mark.parametrize("place", range(4))
async def test_who_leaves_blocks_nobody(line: Line, place: int) -> None:
    """Also who leaves while their work is under way."""
    await line.come("a1", "b1", "a2", "c1")
    await line.leave(place)
    await line.come("d1", "d2")
    served = await line.end()
    assert served == [number != place for number in range(6)]
    assert not line.queue.is_busy
    assert await line.queue.run(lambda: "again", "a") == "again"


async def test_who_leaves_at_the_moment_of_their_turn_passes_it_on(line: Line) -> None:
    await line.come("a1", "b1", "c1")
    line._came[1].cancel()
    line.queue._pass_turn()
    assert await line.end() == [True, False, True]


async def test_ours_are_a_source_like_others(line: Line) -> None:
    await line.come("a1", "a2", "a3", "a4", "b1")
    ours = asyncio.create_task(line.queue.run(lambda: "ours"))
    await asyncio.sleep(0)
    await line.end()
    assert await ours == "ours"


STANDS_BACK = """
import asyncio, os
from capecontrol.core.hashing_queue import HashingQueue
os.nice(15)
print(asyncio.run(HashingQueue().run(lambda: os.nice(0))), os.nice(0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a thread has a priority of its own on Linux only")
def test_the_thread_steps_back_from_where_its_process_stands_and_alone() -> None:
    """It may not come forward again: a refusal would end the thread, and every sign-in with it."""
    ended = subprocess.run([sys.executable, "-c", STANDS_BACK], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["19", "15"]
