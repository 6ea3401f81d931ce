"""The buckets of all processes, in Redis and on its clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from capecontrol.core.http.limits.limit import Limit
from capecontrol.core.http.limits.patience import patience

#: KEYS = buckets. ARGV = of each its emission interval and tolerance (microseconds) and what passed without asking; at
#: last whether one more of the first asks. Answers microseconds to wait (0 = go), and by how many each is ahead.
#:
#: A bucket further ahead than counting leads is of a clock that was ahead for a while: it is brought back, and written,
#: since a refusal alone moves nothing. Else whoever was counted meanwhile would wait until it is that late again.
GCRA = """
local now = redis.call('TIME')
local t = now[1] * 1000000 + now[2]
local asks = ARGV[#ARGV] == '1'
local answer = {0}
for i, key in ipairs(KEYS) do
  local interval, tolerance = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1])
  local passed = tonumber(ARGV[3 * i])
  local tat = tonumber(redis.call('GET', key) or t)
  if tat < t then tat = t end
  tat = tat + passed * interval
  local furthest = t + 2 * tolerance + interval
  local was_ahead = tat > furthest
  if was_ahead then tat = furthest end
  if i == 1 and asks then
    if tat - t > tolerance then
      answer[1] = math.ceil(tat - t - tolerance)
    else
      tat = tat + interval
      passed = passed + 1
    end
  end
  if passed > 0 or was_ahead then
    redis.call('SET', key, string.format('%.0f', tat), 'PX', math.ceil((tat - t) / 1000) + 1000)
  end
  answer[i + 1] = math.ceil(tat - t)
end
return answer
"""
MICROSECONDS = 1_000_000
PING_MILLISECONDS = 1000


class BucketsAway(Exception):
    """Redis did not answer, or not in time."""


@dataclass(frozen=True, slots=True)
class Report:
    """What passed of one bucket without asking."""

    key: str
    limit: Limit
    passed: int


class SharedBuckets:
    """Asks Redis, with a total deadline: the client's own socket timeout counts for each read anew."""

    def __init__(self, redis: Redis, deadline_seconds: float) -> None:
        """Take the Redis that all processes share, and how long to wait for it."""
        self._redis = redis
        self._script = redis.register_script(GCRA)
        self._deadline_seconds = deadline_seconds

    async def ask(self, report: Report) -> tuple[float, float]:
        """Report, and ask for one more.

        Returns:
            Seconds to wait (0 = go), and by how many the bucket is ahead of the clock.

        Raises:
            BucketsAway: nobody answers.
        """
        wait, ahead = await self._run([report], asks=True)
        return wait, ahead

    async def report(self, reports: Sequence[Report]) -> list[float]:
        """Report what passed; return by how many seconds each bucket is ahead of the clock.

        Raises:
            BucketsAway: nobody answers.
        """
        _, *ahead = await self._run(reports, asks=False)
        return ahead

    async def ping(self) -> None:
        """Return when Redis takes a write: one that only reads, or has no room, counts nothing.

        Raises:
            BucketsAway: it does not.
        """
        try:
            async with patience(self._deadline_seconds):
                await self._redis.set("capecontrol:ping", b"", px=PING_MILLISECONDS)
        except (RedisError, TimeoutError, OSError) as error:
            raise BucketsAway from error

    async def _run(self, reports: Sequence[Report], *, asks: bool) -> list[float]:
        numbers: list[int] = []
        for report in reports:
            limit = report.limit
            interval = int(limit.interval * MICROSECONDS)
            numbers += (interval, interval * (limit.burst - 1), report.passed)
        try:
            async with patience(self._deadline_seconds):
                answer = await self._script([report.key for report in reports], [*numbers, int(asks)])
        except (RedisError, TimeoutError, OSError) as error:
            raise BucketsAway from error
        return [int(number) / MICROSECONDS for number in cast("list[int]", answer)]
