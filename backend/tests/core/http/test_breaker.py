"""The breaker before Redis closes when Redis counts again, however long that takes and whatever came between."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
import structlog
from redis.asyncio import Redis

from capecontrol.core.http.limits import Limit, RateLimiter
from capecontrol.core.http.limits.breaker import Breaker
from capecontrol.core.http.limits.limiter import REPORT_SECONDS
from capecontrol.core.http.limits.local_buckets import LocalBuckets
from capecontrol.core.http.limits.shared_buckets import BucketsAway
from capecontrol.local.valkey import EmbeddedValkey
from tests.servers import own_valkey

__all__ = ["own_valkey"]

EXACT = Limit("exact", per_second=0.05, burst=10)
LEASED = Limit("leased", per_second=0.05, burst=170)
SOON_SECONDS = 10.0


class Probe:
    """Fails with each of these errors in turn, and then no more."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self._has_succeeded = asyncio.Event()

    async def __call__(self) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self._has_succeeded.set()

    async def success(self) -> None:
        async with asyncio.timeout(SOON_SECONDS):
            await self._has_succeeded.wait()


@pytest.fixture
async def redis(own_valkey: EmbeddedValkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(own_valkey.url)
    yield client
    await client.aclose()


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [record.msg for record in caplog.records if isinstance(record.msg, dict)]


def events(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [line["event"] for line in logged(caplog)]


@pytest.mark.parametrize("kind", [BucketsAway, RuntimeError])
async def test_it_goes_on_probing_whatever_a_probe_met(kind: Callable[[], Exception]) -> None:
    probe = Probe(*(kind() for _ in range(3)))
    breaker = Breaker(probe, probe_seconds=0.001)
    breaker.open()
    await probe.success()
    assert not breaker.is_open
    await breaker.close()


async def test_its_lines_name_no_request(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever was served when Redis went away has nothing to do with when it is back."""
    probe = Probe(BucketsAway(), RuntimeError())
    breaker = Breaker(probe, probe_seconds=0.001)
    with structlog.contextvars.bound_contextvars(request_id="of somebody"):
        breaker.open()
        await probe.success()
    await breaker.close()
    lines = [line for line in logged(caplog) if str(line["event"]).startswith("limits.")]
    assert [line["event"] for line in lines] == ["limits.redis_away", "limits.probe_failed", "limits.redis_back"]
    assert [line for line in lines if "request_id" in line] == []


async def test_a_redis_that_only_reads_is_away(redis: Redis, caplog: pytest.LogCaptureFixture) -> None:
    limiter = RateLimiter(redis, deadline_seconds=60, probe_seconds=0.01)

    async def refused_writes() -> int:
        stats = await redis.info("errorstats")
        return int(stats.get("errorstat_NOREPLICAS", {}).get("count", 0))

    await redis.config_set("min-replicas-to-write", 1)
    await limiter.hit(EXACT, "somebody")
    deadline = time.monotonic() + SOON_SECONDS
    while await refused_writes() < 5 and "limits.redis_back" not in events(caplog) and time.monotonic() < deadline:
        pass
    assert await refused_writes() >= 5
    assert events(caplog) == ["limits.redis_away"]
    await redis.config_set("min-replicas-to-write", 0)
    while "limits.redis_back" not in events(caplog) and time.monotonic() < deadline:
        await redis.ping()
    await limiter.hit(EXACT, "somebody")
    assert await redis.keys("limit:exact:*")
    await limiter.close()


async def test_what_passed_is_told_as_soon_as_redis_is_back(own_valkey: EmbeddedValkey, redis: Redis) -> None:
    """Also when nobody has come for long, so that nobody asks for a report."""
    limiter = RateLimiter(redis, deadline_seconds=60, probe_seconds=0.01)
    own_valkey.kill()
    await limiter.hit(LEASED, "somebody")
    await limiter.hit(EXACT, "who opens the breaker")
    # The report that was due meanwhile has been given up.
    is_over = asyncio.Event()
    asyncio.get_running_loop().call_later(2 * REPORT_SECONDS, is_over.set)
    await is_over.wait()
    own_valkey.start()
    deadline = time.monotonic() + SOON_SECONDS
    while not (told := await redis.keys("limit:leased:*")) and time.monotonic() < deadline:
        pass
    assert told
    await limiter.close()


def test_without_redis_half_the_burst_and_half_the_rate_pass() -> None:
    """Others count alone, too."""
    buckets, seconds = LocalBuckets(), 400
    passed = sum(buckets.hit("somebody", EXACT, float(now)).wait == 0 for now in range(seconds + 1))
    assert passed == EXACT.burst / 2 + seconds * EXACT.per_second / 2
