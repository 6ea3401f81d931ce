"""A process of our own for work that cannot be trusted with the one that serves."""

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar, cast

T = TypeVar("T")
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

        Work that is cancelled in its turn ends the process: the next would wait for it.

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
                raise ChildDied(self._stop()) from error
            except asyncio.CancelledError:
                self.close()
                raise

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

    def _submit(self, work: Callable[..., T], *arguments: Any) -> "Future[T]":
        if self._pool is None:
            # spawn: a fork would copy the event loop, database sockets and locks of its parent.
            self._pool = ProcessPoolExecutor(
                max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=self._begin
            )
        return self._pool.submit(work, *arguments)
