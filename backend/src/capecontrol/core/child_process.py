"""A process of our own for work that cannot be trusted with the one that serves."""

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar, cast

T = TypeVar("T")
#: For a process to begin on a machine that has little time for it; after that it hangs.
BEGIN_SECONDS = 60.0
#: For the system to end a process that was killed: some milliseconds, unless it waits for a disk that is gone.
_STOP_SECONDS = 5.0


class ChildLost(Exception):
    """The process did not do its work; the next work starts another one."""


class ChildTooSlow(ChildLost):
    """The deadline passed."""


class ChildDied(ChildLost):
    """The process had ended before its work, or ended under it, by itself or by a limit of its own."""

    def __init__(self, exit_code: int | None) -> None:
        """Take how it ended, as ``multiprocessing`` tells it: -N by signal N, None where nobody knows."""
        super().__init__(f"the process died (exit code {exit_code})")
        self.exit_code = exit_code


class ChildProcess:
    """One warm process that does one thing at a time.

    A process and not a thread: what a library does in C cannot be interrupted, may hold the interpreter's lock for its
    whole time, and must not take the memory of whoever serves. What takes too long is killed with its process; a
    process that is still beginning is not, since on a machine that is busy for long no other would come further.
    """

    def __init__(
        self, begin: Callable[[], None], *, deadline_seconds: float, begin_seconds: float = BEGIN_SECONDS
    ) -> None:
        """Start nothing yet: the process starts with its first work.

        Args:
            begin: what the process does first, a function of a module.
            deadline_seconds: how long work waits for the process to begin, and then, how long it may take.
            begin_seconds: how long the process may take to begin; whoever finds it later still beginning ends it.
        """
        self.deadline_seconds = deadline_seconds
        self._begin = begin
        self._begin_seconds = begin_seconds
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        #: Done once the process has begun, and when it is too late for that.
        self._begun: Future[int] = Future()
        self._begins_until = 0.0

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what a function of a module returns there; work waits its turn, from which the deadlines count.

        Work that is cancelled while it is done ends the process: the next would wait for it.

        Raises:
            ChildTooSlow: a deadline passed.
            ChildDied: the process ended.
            Exception: whatever the function raises.
        """
        async with self._turn:
            try:
                pool = self._started()
                if not self._begun.done():
                    await self._until_begun()
                return await self._done(pool, work, *arguments)
            except BrokenProcessPool as error:
                raise ChildDied(self._stop()) from error

    def close(self) -> None:
        """Stop the process; more work starts another one."""
        self._stop()

    def _stop(self) -> int | None:
        """Stop the process and return its exit code, which is its own where it had ended before."""
        pool, self._pool = self._pool, None
        if pool is None:
            return None
        # It reaps the process. Of two who wait for a process, one does not learn how it ended.
        keeper = cast("threading.Thread | None", pool._executor_manager_thread)
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        if keeper is not None:
            keeper.join(timeout=_STOP_SECONDS)
        return next((process.exitcode for process in processes), None)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: a fork would copy the event loop, database sockets and locks of its parent.
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin_beside_parent,
                initargs=(self._begin,),
            )
            self._begun = self._pool.submit(int)
            self._begins_until = time.monotonic() + self._begin_seconds
        return self._pool

    async def _until_begun(self) -> None:
        begun = asyncio.wrap_future(self._begun)
        # Who gave up waiting does not ask how it ended, and the loop would log that nobody did.
        begun.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        try:
            async with asyncio.timeout(self.deadline_seconds):
                await asyncio.shield(begun)
        except TimeoutError as error:
            if time.monotonic() > self._begins_until:
                self.close()
            raise ChildTooSlow(f"the process has not begun within {self.deadline_seconds} s") from error

    async def _done(self, pool: ProcessPoolExecutor, work: Callable[..., T], *arguments: Any) -> T:
        try:
            async with asyncio.timeout(self.deadline_seconds):
                return await asyncio.wrap_future(pool.submit(work, *arguments))
        except TimeoutError as error:
            self.close()
            raise ChildTooSlow(f"the work took more than {self.deadline_seconds} s") from error
        except asyncio.CancelledError:
            self.close()
            raise


def _begin_beside_parent(begin: Callable[[], None]) -> None:
    """Begin, and end when the parent has: one that was killed says no goodbye, and the pool would wait for it."""
    threading.Thread(target=_end_with_parent, name="end with the parent", daemon=True).start()
    begin()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
