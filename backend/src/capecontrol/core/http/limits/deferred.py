"""Work that runs a moment later, once however often it is asked for."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable


class Deferred:
    """Runs work in the background of the event loop. Nobody waits for it.

    It runs in a context of its own: what it logs is not the doing of the request that asked for it.
    """

    def __init__(self, work: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Take the work, which raises nothing, and how long to gather requests for it."""
        self._work = work
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Run the work soon."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._start)

    def ask_at_once(self) -> None:
        """Run the work now, or again as soon as it ends."""
        if self._task is not None:
            self.ask()
            return
        self._cancel()
        self._start()

    async def close(self) -> None:
        """Forget what was asked for, and wait for the end of what runs."""
        self._cancel()
        if self._task is not None:
            await asyncio.wait({self._task})
        self._cancel()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._timer = None
        if self._task is not None:
            self.ask()
            return
        self._task = asyncio.get_running_loop().create_task(self._run(), context=contextvars.Context())

    async def _run(self) -> None:
        try:
            await self._work()
        finally:
            self._task = None
