"""Rate limits: the generic cell rate algorithm, in one atomic step in Redis, on Redis's clock.

When Redis is away the limit does not vanish: each process falls back to a stricter local count.
"""

import asyncio
import math
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

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
#: Longer text names nobody: it is no address, and to normalize it can take time that grows with its square.
RECIPIENT_MAX = 254
#: How many local buckets a process keeps while Redis is away.
LOCAL_BUCKETS = 10_000
#: Up to here a wait is told as a second, and up to there in seconds.
FEW_SECONDS = 3
MINUTES_FROM_SECONDS = 90
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

    One, not several: a route that writes to a list counts by something else. Counted when the caller may and before
    anything is done.
    """

    #: A JSON pointer, such as ``/email``.
    pointer: str

    def value_in(self, body: object, query: Mapping[str, str]) -> str | None:
        """Return whom a request names, in one comparable form; None where it names nobody."""
        found: object = query if body is None else body
        for name in self._names():
            found = found.get(name) if isinstance(found, Mapping) else None
        if not isinstance(found, str) or len(named := found.strip()) > RECIPIENT_MAX:
            return None
        return unicodedata.normalize("NFKC", named).casefold()

    def is_text_in(self, schema: Mapping[str, Any]) -> bool:
        """Tell whether the pointer leads to a text in what a JSON schema describes, through objects alone.

        Its length must be bounded there: longer text is not counted, and the content must refuse it.
        """
        found = [schema]
        for name in self._names():
            variants = (variant for one in found for variant in _variants(one, schema))
            found = [member for variant in variants if (member := variant.get("properties", {}).get(name)) is not None]
        return any(
            variant.get("type") == "string" and variant.get("maxLength", math.inf) <= RECIPIENT_MAX
            for one in found
            for variant in _variants(one, schema)
        )

    def _names(self) -> list[str]:
        return [part.replace("~1", "/").replace("~0", "~") for part in self.pointer.split("/")[1:]]


def _variants(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what a schema allows, references resolved."""
    if (reference := schema.get("$ref")) is not None:
        yield from _variants(root["$defs"][reference.rpartition("/")[2]], root)
    elif (choices := schema.get("anyOf") or schema.get("oneOf")) is not None:
        for one in choices:
            yield from _variants(one, root)
    else:
        yield schema


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a second, with a burst, counted for each subject of a kind."""

    name: str
    per_second: float
    burst: int
    by: Subject | Recipient = Subject.ADDRESS


class LimitNameTaken(TypeError):
    """Two limits have one name, and would count in one bucket: a programming error, found when they are declared."""


def check_names(limits: Iterable[Limit]) -> None:
    """Refuse two limits that share a name and differ in whom they count, or how much.

    Raises:
        LimitNameTaken: there are such two.
    """
    known: dict[str, Limit] = {}
    for limit in limits:
        if (other := known.setdefault(limit.name, limit)) != limit:
            raise LimitNameTaken(f"two limits are called {limit.name!r} and would share a bucket: {other} and {limit}")


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
                _sentence(math.ceil(wait)),
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


def _sentence(wait_seconds: int) -> str:
    """Return what the caller is told; a wait of a few seconds is over when it is read."""
    if wait_seconds <= FEW_SECONDS:
        return "That was too fast. Try again in a second."
    if wait_seconds <= MINUTES_FROM_SECONDS:
        return f"That was too often. Try again in {wait_seconds} seconds."
    return f"That was too often. Try again in {math.ceil(wait_seconds / 60)} minutes."
