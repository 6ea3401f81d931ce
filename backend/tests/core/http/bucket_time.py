"""Time that passes for a bucket, in Redis and in the process that counts."""

import time

from redis.asyncio import Redis


class BucketTime:
    """A process's clock that can be moved, together with what is in Redis."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._passed = 0.0

    def now(self) -> float:
        """Return the process's seconds."""
        return time.monotonic() + self._passed

    async def pass_by(self, subject: str, seconds: float) -> None:
        """Let a subject's bucket have been used so much earlier: the bucket is a moment, in microseconds."""
        (key,) = await self._redis.keys(f"*{subject}*")
        await self._redis.set(key, int(await self._redis.get(key) or 0) - round(seconds * 1_000_000))
        self._passed += seconds
