"""How late the event loop is: what every request and delivery of the process waits at each of its steps."""

import asyncio
import time

SAMPLE_SECONDS = 0.25


class LoopLag:
    """Measures by being due: it sleeps for a moment, and sees how much longer that took."""

    def __init__(self) -> None:
        """Begin with none."""
        self._worst_seconds = 0.0

    async def watch(self) -> None:
        """Measure until cancelled."""
        while True:
            due = time.perf_counter() + SAMPLE_SECONDS
            await asyncio.sleep(SAMPLE_SECONDS)
            self._worst_seconds = max(self._worst_seconds, time.perf_counter() - due)

    def take_worst(self) -> float:
        """Return the longest wait in seconds since this was last asked, and begin anew."""
        worst, self._worst_seconds = self._worst_seconds, 0.0
        return worst
