"""A clock of Redis that was ahead for a while locks nobody out for as long."""

import math
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from capecontrol.core.http.limits import Limit, RateLimiter
from capecontrol.core.http.limits.lease import Lease, tokens_of
from capecontrol.core.problems import TooManyRequests
from capecontrol.local.valkey import EmbeddedValkey
from tests.core.http.bucket_time import BucketTime
from tests.servers import own_valkey

__all__ = ["own_valkey"]

HOUR_SECONDS = 3600.0
EXACT = Limit("exact", per_second=1, burst=10)
LEASED = Limit("leased", per_second=1, burst=170)


@pytest.fixture
async def redis(own_valkey: EmbeddedValkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(own_valkey.url)
    yield client
    await client.aclose()


async def put_ahead(redis: Redis, limit: Limit) -> None:
    """Leave a bucket as one hit leaves it while the clock is an hour ahead."""
    seconds, microseconds = await redis.time()
    moment = (seconds + HOUR_SECONDS) * 1_000_000 + microseconds
    await redis.set(f"limit:{limit.name}:somebody", round(moment), ex=2 * round(HOUR_SECONDS))


async def told_wait(limiter: RateLimiter, limit: Limit) -> float:
    """Return what a refused request is told to wait."""
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit(limit, "somebody")
    return float(refused.value.headers["Retry-After"])


async def learn(limiter: RateLimiter, limit: Limit) -> None:
    """Let a process use its lease up, so that it is told where the bucket is."""
    for _ in range(tokens_of(limit)):
        await limiter.hit(limit, "somebody")
    await limiter.close()


@pytest.mark.parametrize("limit", [EXACT, LEASED])
async def test_a_bucket_an_hour_ahead_refuses_for_twice_the_tolerance_at_most(redis: Redis, limit: Limit) -> None:
    await put_ahead(redis, limit)
    clock = BucketTime(redis)
    limiters = [RateLimiter(redis, deadline_seconds=60, clock=clock.now) for _ in range(2)]
    waits = []
    for limiter in limiters:
        await learn(limiter, limit)
        waits.append(await told_wait(limiter, limit))
    assert max(waits) <= math.ceil(2 * limit.tolerance)

    # A refusal wrote where the bucket is: to come back in time is enough, wherever one comes.
    await clock.pass_by("somebody", max(waits) + limit.interval)
    for limiter in limiters:
        await limiter.hit(limit, "somebody")
        await limiter.close()


async def test_after_a_flush_nobody_remembers_the_hour(redis: Redis) -> None:
    await put_ahead(redis, EXACT)
    clock = BucketTime(redis)
    knows, new = (RateLimiter(redis, deadline_seconds=60, clock=clock.now) for _ in range(2))
    wait = await told_wait(knows, EXACT)
    await redis.flushall()
    await new.hit(EXACT, "somebody")
    await clock.pass_by("somebody", wait)
    await knows.hit(EXACT, "somebody")


def test_a_process_believes_no_bucket_that_counting_does_not_lead_to() -> None:
    lease = Lease()
    lease.end_report(0, EXACT, 100.0, HOUR_SECONDS)
    assert lease.ahead(EXACT, 100.0) <= 2 * EXACT.tolerance + EXACT.interval


def test_an_answer_that_was_overtaken_moves_nothing_back() -> None:
    lease = Lease()
    for ahead in (9.0, 4.0):
        lease.end_report(0, EXACT, 100.0, ahead)
    assert lease.ahead(EXACT, 100.0) == 9.0
