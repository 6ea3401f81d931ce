"""A process of our own for work that cannot be trusted with the one that serves."""

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")


class ChildTooSlow(Exception):
    """The deadline passed; the process was replaced."""


class ChildDied(Exception):
    """The process ended under its work, by itself or by a limit of its own; it was replaced."""


class ChildProcess:
    """One warm process that does one thing at a time.

    A process and not a thread: what a library does in C cannot be interrupted, may hold the interpreter's lock for its
    whole time, and must not take the memory of whoever serves. What takes too long is killed with its process.
    """

    def __init__(self, begin: Callable[[], None], *, deadline_seconds: float) -> None:
        """Take what the process does first, a function of a module; it starts with its first work, or by ``start``."""
        self.deadline_seconds = deadline_seconds
        self._begin = begin
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Start the process, so that the first work does not wait for its imports."""
        self._submit(int)

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what a function of a module returns there; work waits its turn, from which the deadline counts.

        Raises:
            ChildTooSlow: the deadline passed.
            ChildDied: the process ended.
            Exception: whatever the function raises.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self.deadline_seconds):
                    return await asyncio.wrap_future(self._submit(work, *arguments))
            except TimeoutError as error:
                self.close()
                raise ChildTooSlow(f"the work took more than {self.deadline_seconds} s") from error
            except BrokenProcessPool as error:
                self.close()
                raise ChildDied("the process died") from error

    def close(self) -> None:
        """Stop the process; more work starts another one."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
            process.join(timeout=5)

    def _submit(self, work: Callable[..., T], *arguments: Any) -> "Future[T]":
        if self._pool is None:
            # spawn: a fork would copy the event loop, database sockets and locks of its parent.
            self._pool = ProcessPoolExecutor(
                max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=self._begin
            )
        return self._pool.submit(work, *arguments)
