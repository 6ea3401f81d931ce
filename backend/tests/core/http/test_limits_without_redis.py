"""Rate limits while Redis is away or hangs: still limits, and nobody waits for it twice."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from capecontrol.core.http.limits import Limit, RateLimiter
from capecontrol.core.http.limits.local_buckets import BUCKETS_MAX, LocalBuckets
from capecontrol.core.problems import TooManyRequests
from capecontrol.local.valkey import EmbeddedValkey
from tests.servers import own_valkey

__all__ = ["own_valkey"]

SLOW = Limit("tests", per_second=0.05, burst=10)
#: So much is enough for a lease.
WIDE = Limit("wide", per_second=0.05, burst=170)
DEADLINE_SECONDS = 0.25
SOON_SECONDS = 10.0


async def _passed(limiter: RateLimiter, limit: Limit, subject: str, times: int) -> int:
    async def one() -> bool:
        try:
            await limiter.hit(limit, subject)
        except TooManyRequests:
            return False
        return True

    return sum([await one() for _ in range(times)])


@pytest.fixture
async def hanging(own_valkey: EmbeddedValkey) -> AsyncIterator[tuple[RateLimiter, EmbeddedValkey]]:
    """A limiter whose Redis is frozen after it answered once."""
    redis = Redis.from_url(own_valkey.url)
    limiter = RateLimiter(redis, deadline_seconds=DEADLINE_SECONDS, probe_seconds=0.05)
    await redis.ping()
    assert own_valkey.pid is not None
    os.kill(own_valkey.pid, signal.SIGSTOP)
    yield limiter, own_valkey
    os.kill(own_valkey.pid, signal.SIGCONT)
    await limiter.close()
    await redis.aclose()


async def test_a_frozen_redis_costs_one_deadline_and_then_nothing(
    hanging: tuple[RateLimiter, EmbeddedValkey],
) -> None:
    limiter, _ = hanging
    began = time.monotonic()
    await limiter.hit(SLOW, "the first")
    assert DEADLINE_SECONDS <= time.monotonic() - began < 4 * DEADLINE_SECONDS
    # None of these is suspended even once.
    for number in range(200):
        with pytest.raises(StopIteration):
            limiter.hit(SLOW, f"another {number}").send(None)


async def test_far_below_a_limit_a_frozen_redis_costs_nobody_anything(
    hanging: tuple[RateLimiter, EmbeddedValkey],
) -> None:
    limiter, _ = hanging
    for number in range(200):
        with pytest.raises(StopIteration):
            limiter.hit(WIDE, f"somebody {number}").send(None)


async def test_a_frozen_redis_is_used_again_when_it_thaws(hanging: tuple[RateLimiter, EmbeddedValkey]) -> None:
    limiter, server = hanging
    await limiter.hit(SLOW, "somebody")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGCONT)
    watcher = Redis.from_url(server.url)
    try:
        async with asyncio.timeout(SOON_SECONDS):
            while not await watcher.keys("limit:*"):
                await limiter.hit(WIDE, f"somebody else {time.monotonic()}")
    finally:
        await watcher.aclose()


async def test_what_passed_before_a_freeze_is_not_forgotten(hanging: tuple[RateLimiter, EmbeddedValkey]) -> None:
    limiter, server = hanging
    assert await _passed(limiter, WIDE, "somebody", 10) == 10
    await limiter.hit(SLOW, "who waits, and opens the breaker")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGCONT)
    watcher = Redis.from_url(server.url)
    try:
        async with asyncio.timeout(SOON_SECONDS):
            while not (bucket := await watcher.get("limit:wide:somebody")):
                await watcher.ping()
        now, _ = await watcher.time()
        assert int(bucket) / 1_000_000 - now >= 9 / WIDE.per_second
    finally:
        await watcher.aclose()


def _thaw_and_stand_still(server: EmbeddedValkey) -> None:
    """Let the server answer while the event loop reads nothing."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGCONT)
    time.sleep(2 * DEADLINE_SECONDS)


async def test_a_loop_that_stands_still_does_not_take_redis_for_dead(
    hanging: tuple[RateLimiter, EmbeddedValkey],
) -> None:
    """What answered in time is read late, that is all; to count alone would be half the limit for everybody."""
    limiter, server = hanging
    asked = asyncio.create_task(limiter.hit(SLOW, "somebody"))
    # The question is on its way.
    for _ in range(100):
        await asyncio.sleep(0)
    _thaw_and_stand_still(server)
    await asked
    assert await _passed(limiter, SLOW, "somebody", 20) == SLOW.burst - 1


async def test_without_redis_a_stricter_limit_holds() -> None:
    gone = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    limiter = RateLimiter(gone)
    assert 1 <= await _passed(limiter, SLOW, "somebody", 40) <= 10
    assert await _passed(limiter, SLOW, "somebody", 10) == 0
    await limiter.close()
    await gone.aclose()


async def test_without_redis_who_is_refused_may_come_back() -> None:
    limiter, subject = RateLimiter(None), "somebody"
    brisk = Limit("brisk", per_second=20, burst=2)
    assert await _passed(limiter, brisk, subject, 50) == 1

    # Fifty refusals later the wait is what it was after the first.
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit(brisk, subject)
    assert refused.value.headers["Retry-After"] == "1"


def test_without_redis_the_memory_of_a_process_is_bounded() -> None:
    buckets = LocalBuckets()
    for number in range(BUCKETS_MAX + 1):
        buckets.hit(str(number), SLOW, 0.0)

    assert len(buckets) == BUCKETS_MAX == 10_000
