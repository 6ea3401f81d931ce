"""Rate limits: exact in Redis, however many processes count."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from capecontrol.core.http.limits import Limit, RateLimiter
from capecontrol.core.ports import Ports
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.core.http.bucket_time import BucketTime
from tests.security.second_app import second_app

SLOW = Limit("tests", per_second=0.05, burst=10)


def _patient(redis: Redis) -> RateLimiter:
    """A limiter that waits for Redis however busy the machine is: what is counted here is counted there."""
    return RateLimiter(redis, deadline_seconds=60)


@pytest.fixture
async def redis(valkey_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(valkey_url)
    yield client
    await client.aclose()


async def _passed(limiter: RateLimiter, limit: Limit, subject: str, times: int) -> int:
    async def one() -> bool:
        try:
            await limiter.hit(limit, subject)
        except TooManyRequests:
            return False
        return True

    return sum(await asyncio.gather(*(one() for _ in range(times))))


async def test_exactly_the_burst_passes_at_once(redis: Redis) -> None:
    assert await _passed(_patient(redis), SLOW, str(uuid.uuid4()), 60) == 10


async def test_two_processes_share_one_limit(redis: Redis, valkey_url: str) -> None:
    subject, other = str(uuid.uuid4()), Redis.from_url(valkey_url)
    passed = await asyncio.gather(
        _passed(_patient(redis), SLOW, subject, 30), _passed(_patient(other), SLOW, subject, 30)
    )
    await other.aclose()
    assert sum(passed) == 10


async def test_subjects_and_names_do_not_touch_each_other(redis: Redis) -> None:
    limiter, subject = _patient(redis), str(uuid.uuid4())
    assert await _passed(limiter, SLOW, subject, 20) == 10
    assert await _passed(limiter, SLOW, str(uuid.uuid4()), 20) == 10
    assert await _passed(limiter, Limit("others", per_second=0.05, burst=10), subject, 20) == 10


async def test_it_refills_at_its_rate_and_never_beyond_the_burst(redis: Redis) -> None:
    time, subject = BucketTime(redis), str(uuid.uuid4())
    limiter = RateLimiter(redis, deadline_seconds=60, clock=time.now)
    hourly = Limit("hourly", per_second=1 / 3600, burst=10)
    assert await _passed(limiter, hourly, subject, 20) == 10
    for hours, passed in ((0.5, 0), (0.6, 1), (3, 3), (1000, 10)):
        await time.pass_by(subject, hours * 3600)
        assert await _passed(limiter, hourly, subject, 20) == passed, hours


async def test_a_refusal_says_when_to_come_back(redis: Redis) -> None:
    limiter, subject = _patient(redis), str(uuid.uuid4())
    await _passed(limiter, SLOW, subject, 10)
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit(SLOW, subject)
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 20
    assert f"t={refused.value.headers['Retry-After']}" in refused.value.headers["RateLimit"]
    assert refused.value.headers["RateLimit-Policy"].startswith('"')


@pytest.mark.parametrize(
    ("per_second", "sentence"),
    [
        (1.0, r"Too many requests\. Try again in a second\."),
        (0.05, r"Too many requests\. Try again in (1\d|20) seconds\."),
        (1 / 600, r"Too many requests\. Try again in 10 minutes\."),
    ],
)
async def test_a_refusal_tells_the_wait_in_words(redis: Redis, per_second: float, sentence: str) -> None:
    limiter, subject = _patient(redis), str(uuid.uuid4())
    limit = Limit("tests", per_second=per_second, burst=1)
    await limiter.hit(limit, subject)
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit(limit, subject)
    assert re.fullmatch(sentence, refused.value.detail or "")


async def test_sign_in_is_limited_by_address(
    settings: Settings, factory: UnitOfWorkFactory, ports: Ports, app: FastAPI, clean: None
) -> None:
    strict = settings.model_copy(update={"rate_limits": True})
    async with second_app(strict, factory, ports) as limited:
        client = Client(limited, address=f"198.51.100.{uuid.uuid4().int % 250}")
        await client.csrf()
        body = {"email": "nobody@people.test", "password": "x"}
        answers = await asyncio.gather(*(client.post("/api/auth/login", body) for _ in range(30)))
        refused = [one for one in answers if one.status_code == 429 and one.json()["type"] == "rate-limited"]
        assert len(refused) >= 15
        assert all(int(one.headers["retry-after"]) >= 1 for one in refused)
        other = await Client(limited, address="198.51.100.251").get("/api/auth/discover", params={"email": "a@b.test"})
        assert other.status_code == 200
