"""The threads in which a storage blocks: its own, few, and never waited for beyond a deadline."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from capecontrol.core.storage import StorageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StorageBounds:
    """How much a storage does at a time, and for how long a caller waits for it.

    Attributes:
        threads: calls that are worked on at a time.
        waiting_max: calls beyond these that wait for a thread; more are refused at once.
        deadline_seconds: what a call may take from its start, the wait for a thread included.
    """

    threads: int = 8
    waiting_max: int = 64
    deadline_seconds: float = 30.0


class StorageThreads:
    """Runs blocking calls in threads of its own.

    Not in asyncio's: those are few, and names are looked up in them, so that a slow storage would hold up every
    connection to anywhere. A thread cannot be stopped: a call that is given up keeps its thread and its place until the
    system answers, so that calls to a storage that hangs are bounded, too.
    """

    def __init__(self, bounds: StorageBounds) -> None:
        """Take the bounds; threads start with the first calls, in whichever process makes them."""
        self._deadline_seconds = bounds.deadline_seconds
        self._places = threading.Semaphore(bounds.threads + bounds.waiting_max)
        self._pool = ThreadPoolExecutor(bounds.threads, thread_name_prefix="storage")

    async def run(self, call: Callable[[], T]) -> T:
        """Return what a blocking call returns.

        Raises:
            StorageError: as many calls wait as may, or the deadline passed.
            Exception: whatever the call raises.
        """
        if not self._places.acquire(blocking=False):
            raise StorageError("too many calls wait for the storage")
        under_way = self._pool.submit(call)
        # By its own end, not its caller's: also when it is cancelled while it waits, or comes back after its deadline.
        under_way.add_done_callback(lambda _: self._places.release())
        try:
            async with asyncio.timeout(self._deadline_seconds):
                return await asyncio.wrap_future(under_way)
        except TimeoutError as error:
            raise StorageError(f"the storage took more than {self._deadline_seconds:g} s") from error

    def close(self) -> None:
        """Let the threads end with their calls; those that wait are not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)
