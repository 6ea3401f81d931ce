"""The breaker before Redis: once it failed, nobody waits for it until it answers again."""

import contextvars
from collections.abc import Awaitable, Callable

import structlog

from capecontrol.core.http.limits.deferred import Deferred
from capecontrol.core.http.limits.shared_buckets import BucketsAway

log = structlog.get_logger("limits")

PROBE_SECONDS = 0.5


class Breaker:
    """Closed while Redis answers. Open, it probes in the background."""

    def __init__(self, probe: Callable[[], Awaitable[None]], *, probe_seconds: float = PROBE_SECONDS) -> None:
        """Take what raises ``BucketsAway`` while Redis does not answer, and how often to try."""
        self.is_open = False
        self._probe = probe
        self._again = Deferred(self._try, probe_seconds)

    def open(self) -> None:
        """Let nobody wait any more."""
        if not self.is_open:
            self.is_open = True
            # Not of the request that happened to find out, whose context would name it.
            contextvars.Context().run(log.warning, "limits.redis_away")
        self._again.ask()

    async def close(self) -> None:
        """Stop probing."""
        await self._again.close()

    async def _try(self) -> None:
        try:
            await self._probe()
        except BucketsAway:
            self._again.ask()
        except Exception:  # whatever it is, who does not probe again counts alone for ever
            log.exception("limits.probe_failed")
            self._again.ask()
        else:
            self.is_open = False
            log.warning("limits.redis_back")
