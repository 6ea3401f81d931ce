"""Leases: far below a limit nobody asks Redis, and no more pass than the limit and the slack allow."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from capecontrol.core.http.limits import Limit, RateLimiter
from capecontrol.core.http.limits.lease import tokens_of
from capecontrol.core.http.limits.limiter import LEASES_MAX
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rate import Rate
from capecontrol.local.valkey import EmbeddedValkey
from tests.core.http.bucket_time import BucketTime
from tests.seeded_random import SeededRandom
from tests.servers import own_valkey

__all__ = ["own_valkey"]

#: Refills by nothing while a test runs.
LIMIT = Limit("leased", per_second=0.001, burst=161)
TOKENS = tokens_of(LIMIT)
PROCESSES = 8


@pytest.fixture
async def redis(own_valkey: EmbeddedValkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(own_valkey.url)
    yield client
    await client.aclose()


def _limiter(redis: Redis, **options: Any) -> RateLimiter:
    return RateLimiter(redis, deadline_seconds=60, **options)


async def _calls(redis: Redis) -> int:
    """Return how often buckets were moved or read."""
    stats = await redis.info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {}).get("calls", 0) for name in ("eval", "evalsha"))


async def _passes(limiter: RateLimiter, subject: str, limit: Limit = LIMIT) -> bool:
    try:
        await limiter.hit(limit, subject)
    except TooManyRequests:
        return False
    return True


def _passes_at_once(limiter: RateLimiter, subject: str, limit: Limit = LIMIT) -> bool:
    """Tell whether a request passes without being suspended even once."""
    request = limiter.hit(limit, subject)
    try:
        request.send(None)
    except StopIteration:
        return True
    request.close()
    return False


def test_the_numbers_of_these_tests() -> None:
    assert (TOKENS, TOKENS * PROCESSES) == (10, 80)
    assert tokens_of(Limit("credentials", per_second=5, burst=10)) == 0


async def test_far_below_a_limit_nobody_waits_for_redis(redis: Redis) -> None:
    limiter = _limiter(redis)
    for number in range(1000):
        assert _passes_at_once(limiter, f"somebody {number}")
    await limiter.close()


async def test_a_thousand_subjects_cost_a_few_calls(redis: Redis) -> None:
    """All that is reported at once is one call for each five hundred."""
    limiter = _limiter(redis)
    for number in range(1000):
        await limiter.hit(LIMIT, f"somebody {number}")
    await limiter.close()
    assert await _calls(redis) <= 4
    assert len(await redis.keys("limit:leased:*")) == 1000


async def test_a_lease_is_reported_by_one_call(redis: Redis) -> None:
    """When it is half used, in the background."""
    limiter = _limiter(redis)
    for _ in range(14):
        for _ in range(TOKENS // 2):
            assert _passes_at_once(limiter, "somebody")
        await limiter.close()
    assert await _calls(redis) <= 14 + 1


async def test_what_is_not_reported_is_bounded_by_the_lease(redis: Redis) -> None:
    """However many come before the background has its turn."""
    limiter = _limiter(redis)
    seen = [_passes_at_once(limiter, "somebody") for _ in range(TOKENS + 1)]
    assert seen == [True] * TOKENS + [False]
    await limiter.close()


async def test_near_a_limit_each_request_asks_redis(redis: Redis) -> None:
    limiter = _limiter(redis)
    for _ in range(LIMIT.burst // 2 + 2):
        await limiter.hit(LIMIT, "somebody")
    await limiter.close()
    before = await _calls(redis)
    for _ in range(20):
        await limiter.hit(LIMIT, "somebody")
    assert await _calls(redis) == before + 20


async def test_one_process_alone_is_exact(redis: Redis) -> None:
    """All that it let pass stands before its own eyes."""
    limiter = _limiter(redis)
    assert sum([await _passes(limiter, "somebody") for _ in range(400)]) == LIMIT.burst


@pytest.mark.parametrize("seed", range(6))
async def test_processes_together_never_exceed_limit_and_slack(redis: Redis, seed: int) -> None:
    """In any order, one after the other and at once."""
    chance, limiters = SeededRandom(seed), [_limiter(redis) for _ in range(PROCESSES)]
    passed, began, is_full = 0, time.monotonic(), False
    while not is_full and passed < 3 * LIMIT.burst:
        busy = limiters[: chance.one_of((1, 2, PROCESSES))]
        several = chance.one_of((1, 1, 3, 40))
        found = await asyncio.gather(*(_passes(chance.one_of(busy), "somebody") for _ in range(several)))
        passed += sum(found)
        is_full = several == 40 and busy == limiters and not any(found)
    refill = (time.monotonic() - began) * LIMIT.per_second
    for limiter in limiters:
        await limiter.close()
    assert LIMIT.burst <= passed <= LIMIT.burst + refill + PROCESSES * TOKENS


async def test_the_slack_does_not_come_back_before_half_of_the_limit_does(redis: Redis) -> None:
    """Over many rounds of waiting and of all processes at once, the rate holds; the slack counts once."""
    clock, subject, passed, waited = BucketTime(redis), str(uuid.uuid4()), 0, 0.0
    limiters = [_limiter(redis, clock=clock.now) for _ in range(PROCESSES)]
    for seconds in (0, 5_000, 40_000, 80_000, 85_000, 10_000, 161_000, 500, 90_000, 80_001):
        if seconds:
            await clock.pass_by(subject, seconds)
            waited += seconds
        for _ in range(40):
            passed += sum(await asyncio.gather(*(_passes(limiter, subject) for limiter in limiters)))
    for limiter in limiters:
        await limiter.close()
    assert passed <= LIMIT.burst + waited * LIMIT.per_second + PROCESSES * TOKENS


async def test_who_is_over_the_limit_costs_no_call(redis: Redis) -> None:
    limiter = _limiter(redis)
    while await _passes(limiter, "somebody"):
        pass
    before = await _calls(redis)
    for _ in range(500):
        assert not await _passes(limiter, "somebody")
    await limiter.close()
    assert await _calls(redis) - before <= 1


async def test_where_a_subject_stands_is_told(redis: Redis) -> None:
    """The same by the lease and by Redis."""
    limiter = _limiter(redis)
    seen = [(await limiter.hit(LIMIT, "somebody")) for _ in range(LIMIT.burst)]
    assert [one.remaining for one in seen if one is not None] == list(range(LIMIT.burst - 1, -1, -1))
    await limiter.close()


async def test_an_installation_gives_a_limit_its_own_rate(redis: Redis) -> None:
    limiter = _limiter(redis, rates={"leased": Rate(0.001, 3)})
    assert sum([await _passes(limiter, "somebody") for _ in range(10)]) == 3
    await limiter.close()


@pytest.mark.parametrize("comes_again", [True, False])
async def test_so_many_subjects_are_remembered_and_who_came_last_is(redis: Redis, comes_again: bool) -> None:
    """A forgotten subject has a lease once more."""
    limiter = _limiter(redis)
    for _ in range(TOKENS):
        assert _passes_at_once(limiter, "the first")
    for number in range(LEASES_MAX - 1):
        _passes_at_once(limiter, f"somebody {number}")
    if comes_again:
        assert not _passes_at_once(limiter, "the first")
    _passes_at_once(limiter, "a newcomer")
    assert _passes_at_once(limiter, "the first") is not comes_again


async def test_who_stops_waiting_takes_nothing_from_what_passed(redis: Redis) -> None:
    """A used-up lease tells what it let pass when it asks; when nobody waits any more, the next report tells it."""
    limiter = _limiter(redis)
    asks = asyncio.create_task(limiter.hit(LIMIT, "somebody"))
    for _ in range(TOKENS):
        assert _passes_at_once(limiter, "somebody")
    # It asks before the background reports, and has sent nothing when nobody waits for it any more.
    await asyncio.sleep(0)
    asks.cancel()
    await asyncio.wait({asks})
    await limiter.close()
    moment, (seconds, _) = int(await redis.get("limit:leased:somebody") or 0), await redis.time()
    assert asks.cancelled()
    assert moment / 1_000_000 - seconds >= (TOKENS - 1) * LIMIT.interval
