"""Signs of life in Redis, for the readiness check."""

import asyncio
import time

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from capecontrol.main.outage import Outage

EXPIRY_SECONDS = 15
BEAT_SECONDS = 3.0
#: While Redis is away the process looks for it more often.
AWAY_SECONDS = 0.5
DEADLINE_SECONDS = 2.0


class Heartbeat:
    """Writes ``capecontrol:<process>:heartbeat`` while its process lives, and knows whether Redis is there."""

    def __init__(self, process: str, redis_url: str) -> None:
        """Name the process: ``worker`` or ``scheduler``. Nothing is connected yet."""
        self._key = f"capecontrol:{process}:heartbeat"
        self._client = redis.asyncio.Redis.from_url(
            redis_url, socket_timeout=DEADLINE_SECONDS, socket_connect_timeout=DEADLINE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )  # fmt: skip
        self._outage = Outage("redis")

    @property
    def away_seconds(self) -> float:
        """Return for how long Redis has been away; 0 while it is there."""
        return self._outage.seconds

    async def beat(self) -> None:
        """Write signs of life until cancelled, whatever Redis does."""
        try:
            while True:
                await self._write()
                await asyncio.sleep(AWAY_SECONDS if self.away_seconds else BEAT_SECONDS)
        finally:
            await self._client.aclose()

    async def _write(self) -> None:
        try:
            # The client's own timeouts are for each read; this one is for all of it.
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._client.set(self._key, str(int(time.time())), ex=EXPIRY_SECONDS)
        except Exception as error:  # of redis, the socket, or the deadline: for us they all mean "away"
            self._outage.begin(error)
        else:
            self._outage.end()
