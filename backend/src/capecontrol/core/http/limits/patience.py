"""How long to wait for Redis, on a loop that may itself be late."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

#: A wake-up so much later than it was due is the loop's doing: what came meanwhile has not been read.
LATE_SECONDS = 0.01


@asynccontextmanager
async def patience(seconds: float) -> AsyncIterator[None]:
    """Wait so long in all, and once as long again where the loop woke up late: that says nothing of the other side.

    Raises:
        TimeoutError: it was not done in time.
    """
    loop, due = asyncio.get_running_loop(), time.monotonic() + seconds
    async with asyncio.timeout(None) as timeout:

        def look() -> None:
            is_late = time.monotonic() - due > LATE_SECONDS
            timeout.reschedule(loop.time() + (seconds if is_late else 0))

        watch = loop.call_later(seconds, look)
        try:
            yield
        finally:
            watch.cancel()
