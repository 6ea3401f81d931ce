"""Rate limits: the generic cell rate algorithm, in one atomic step in Redis, on Redis's clock.

When Redis is away the limit does not vanish: each process falls back to a stricter local count.
"""

import asyncio
import math
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from capecontrol.core.problems import TooManyRequests

log = structlog.get_logger("limits")

#: KEYS[1] = bucket; ARGV = emission interval, tolerance (both microseconds). Answers microseconds to wait, 0 = go.
GCRA = """
local now = redis.call('TIME')
local t = now[1] * 1000000 + now[2]
local tat = tonumber(redis.call('GET', KEYS[1]) or t)
if tat < t then tat = t end
local interval, tolerance = tonumber(ARGV[1]), tonumber(ARGV[2])
if tat - t > tolerance then return math.ceil(tat - t - tolerance) end
redis.call('SET', KEYS[1], string.format('%.0f', tat + interval), 'PX', math.ceil((tat + interval - t) / 1000) + 1000)
return 0
"""
#: How many local buckets a process keeps while Redis is away.
LOCAL_BUCKETS = 10_000
DEADLINE_SECONDS = 0.25


class Subject(StrEnum):
    """Whose requests are counted together. A caller who has no such subject is not counted."""

    #: The address that the request came from: before all else.
    ADDRESS = "ADDRESS"
    #: The person who is signed in.
    ACTOR = "ACTOR"
    #: The key that an app shows.
    KEY = "KEY"
    #: The caller's organization.
    ORGANIZATION = "ORGANIZATION"


#: Counted once it is known who calls.
BY_CALLER = frozenset({Subject.ACTOR, Subject.KEY, Subject.ORGANIZATION})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to: a text member of the body, or a parameter of the query where there is no body.

    Counted when the caller may and before anything is done.
    """

    #: A JSON pointer, such as ``/email``.
    pointer: str

    def value_in(self, body: object, query: Mapping[str, str]) -> str | None:
        """Return whom a request names, in one comparable form; None where it names nobody."""
        found: object = query if body is None else body
        for part in self.pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) else None
        if not isinstance(found, str):
            return None
        return unicodedata.normalize("NFKC", found.strip()).casefold()


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a second, with a burst, counted for each subject of a kind."""

    name: str
    per_second: float
    burst: int
    by: Subject | Recipient = Subject.ADDRESS


class RateLimiter:
    """Counts hits."""

    def __init__(
        self, redis: Redis | None, *, enabled: bool = True, deadline_seconds: float = DEADLINE_SECONDS
    ) -> None:
        """Take the Redis that all processes share, and how long to wait for it."""
        self._redis = redis
        self._enabled = enabled
        self._deadline_seconds = deadline_seconds
        self._local: OrderedDict[str, float] = OrderedDict()

    async def hit(self, limit: Limit, subject: str) -> None:
        """Count one request of a subject.

        Raises:
            TooManyRequests: it is over the limit; with when to come back.
        """
        if not self._enabled or limit.per_second <= 0:
            return
        key = f"limit:{limit.name}:{subject}"
        wait = await self._shared(key, limit)
        if wait is None:
            wait = self._fallback(key, limit)
        if wait > 0:
            raise TooManyRequests(
                retry_after_seconds=math.ceil(wait),
                policy=(limit.name, limit.burst, max(1, math.ceil(limit.burst / limit.per_second))),
            )

    async def _shared(self, key: str, limit: Limit) -> float | None:
        if self._redis is None:
            return None
        interval = 1_000_000 / limit.per_second
        try:
            # A total deadline: the client's own socket timeout counts for each read anew.
            async with asyncio.timeout(self._deadline_seconds):
                answer = await cast(
                    "Awaitable[int]",
                    self._redis.eval(GCRA, 1, key, str(int(interval)), str(int(interval * (limit.burst - 1)))),
                )
            return int(answer) / 1_000_000
        except (RedisError, TimeoutError, OSError):
            log.warning("limits.redis_unavailable")
            return None

    def _fallback(self, key: str, limit: Limit) -> float:
        """Count within this process only, at half the rate and burst: no Redis must not mean no limit."""
        now, interval = time.monotonic(), 2 / limit.per_second
        arrival = max(self._local.pop(key, now), now)
        wait = arrival - now - interval * max(limit.burst // 2 - 1, 0)
        self._local[key] = arrival if wait > 0 else arrival + interval
        while len(self._local) > LOCAL_BUCKETS:
            self._local.popitem(last=False)
        return max(wait, 0.0)
