"""Counts requests: exactly in Redis near a limit, from a lease far below it, and by itself while Redis is away."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from redis.asyncio import Redis

from capecontrol.core.http.limits.breaker import PROBE_SECONDS, Breaker
from capecontrol.core.http.limits.deferred import Deferred
from capecontrol.core.http.limits.lease import Lease, tokens_of
from capecontrol.core.http.limits.limit import Limit
from capecontrol.core.http.limits.local_buckets import LocalBuckets
from capecontrol.core.http.limits.shared_buckets import BucketsAway, Report, SharedBuckets
from capecontrol.core.http.limits.standing import Standing
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rate import Rate

DEADLINE_SECONDS = 0.25
#: How long reports are gathered.
REPORT_SECONDS = 0.25
#: How many buckets one call reports.
REPORTS_MAX = 500
#: Of how many buckets a process remembers where they are. Of a forgotten one it may give a lease once more.
LEASES_MAX = 50_000
#: Up to here a wait is told as a second, and up to there in seconds.
FEW_SECONDS = 3
MINUTES_FROM_SECONDS = 90


class RateLimiter:
    """Counts hits. One for each process (or several: they agree through Redis)."""

    def __init__(
        self,
        redis: Redis | None,
        *,
        enabled: bool = True,
        rates: Mapping[str, Rate] | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        probe_seconds: float = PROBE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what is shared and what is this installation's.

        Args:
            redis: the Redis that all processes share.
            enabled: whether anything is counted.
            rates: other rates than the limits' own, by name.
            deadline_seconds: how long to wait for Redis.
            probe_seconds: how often to try whether it is back.
            clock: seconds that only move forward.
        """
        self._shared = None if redis is None else SharedBuckets(redis, deadline_seconds)
        self._enabled = enabled
        self._rates = dict(rates or {})
        self._choices: dict[str, Limit] = {}
        self._of_networks: dict[str, Limit] = {}
        self._clock = clock
        self._local = LocalBuckets()
        self._leases: OrderedDict[str, Lease] = OrderedDict()
        self._unreported: dict[str, tuple[Limit, Lease]] = {}
        self._reporting = Deferred(self._report, REPORT_SECONDS)
        self._breaker = Breaker(self._probe, probe_seconds=probe_seconds)

    async def hit(self, limit: Limit, subject: str) -> Standing | None:
        """Count one request of a subject, and return where it stands; None where nothing is counted.

        Raises:
            TooManyRequests: it is over the limit; with when to come back.
        """
        return await self._hit(self._chosen(limit), subject)

    async def hit_network(self, limit: Limit, network: str) -> Standing | None:
        """Count one request of an address for the network around it, which may have more than an address.

        Raises:
            TooManyRequests: it is over the limit; with when to come back.
        """
        if (wider := self._of_networks.get(limit.name)) is None:
            wider = self._of_networks[limit.name] = self._chosen(limit).of_network
        return await self._hit(wider, network)

    async def _hit(self, limit: Limit, subject: str) -> Standing | None:
        if not self._enabled or limit.per_second <= 0:
            return None
        key = f"limit:{limit.name}:{subject}"
        standing = self._known(key, limit) or await self._asked(key, limit)
        if standing.wait > 0:
            raise _refusal(standing)
        return standing

    async def close(self) -> None:
        """Report what is not reported, and stop."""
        await self._breaker.close()
        await self._reporting.close()
        await self._report()
        await self._reporting.close()

    def _chosen(self, limit: Limit) -> Limit:
        """Return a limit at the rate that this installation gives it."""
        if not self._rates:
            return limit
        if (choice := self._choices.get(limit.name)) is None:
            rate = self._rates.get(limit.name, limit)
            choice = self._choices[limit.name] = replace(limit, per_second=rate.per_second, burst=rate.burst)
        return choice

    def _known(self, key: str, limit: Limit) -> Standing | None:
        """Return what follows from the lease alone; None where Redis must be asked."""
        if self._shared is None:
            return None
        if (lease := self._leases.get(key)) is None:
            return self._first(key, limit)
        self._leases.move_to_end(key)
        ahead = lease.ahead(limit, self._clock())
        if ahead > limit.tolerance:
            # A bucket moves back with time only: it is at least as far ahead as it was told.
            return Standing(limit, ahead, ahead - limit.tolerance)
        return self._given(key, limit, lease, ahead)

    def _first(self, key: str, limit: Limit) -> Standing | None:
        """Begin a lease: nobody has used the bucket, for all that is known."""
        lease = self._leases[key] = Lease()
        while len(self._leases) > LEASES_MAX:
            self._leases.popitem(last=False)
        return self._given(key, limit, lease, 0.0)

    def _given(self, key: str, limit: Limit, lease: Lease, ahead: float) -> Standing | None:
        if self._breaker.is_open or not lease.gives(limit, ahead):
            return None
        lease.unreported += 1
        self._unreported[key] = (limit, lease)
        if 2 * lease.unreported >= tokens_of(limit):
            self._reporting.ask_at_once()
        else:
            self._reporting.ask()
        return Standing(limit, ahead + limit.interval)

    async def _asked(self, key: str, limit: Limit) -> Standing:
        """Ask Redis, or count here while it is away."""
        if self._shared is None or self._breaker.is_open:
            return self._local.hit(key, limit, self._clock())
        lease = self._leases[key]
        passed = lease.begin_report()
        try:
            wait, ahead = await self._shared.ask(Report(key, limit, passed))
        except BucketsAway:
            self._keep_unreported(key, limit, lease, passed)
            self._breaker.open()
            return self._local.hit(key, limit, self._clock())
        except BaseException:
            # Nobody waits for the answer any more.
            self._keep_unreported(key, limit, lease, passed)
            raise
        lease.end_report(passed, limit, self._clock(), ahead)
        return Standing(limit, ahead, wait)

    async def _report(self) -> None:
        """Tell Redis what passed, many buckets at once, and learn where they are."""
        if self._shared is None:
            return
        while self._unreported and not self._breaker.is_open:
            keys = list(self._unreported)[:REPORTS_MAX]
            entries = [(key, *self._unreported.pop(key)) for key in keys]
            passed = [lease.begin_report() for _, _, lease in entries]
            reports = [Report(key, limit, count) for (key, limit, _), count in zip(entries, passed, strict=True)]
            try:
                ahead = await self._shared.report(reports)
            except BucketsAway:
                for entry, count in zip(entries, passed, strict=True):
                    self._keep_unreported(*entry, count)
                self._breaker.open()
                return
            now = self._clock()
            for (_, limit, lease), count, seconds in zip(entries, passed, ahead, strict=True):
                lease.end_report(count, limit, now, seconds)

    def _keep_unreported(self, key: str, limit: Limit, lease: Lease, passed: int) -> None:
        """Let the next report tell what this one could not."""
        lease.undo_report(passed)
        self._unreported[key] = (limit, lease)

    async def _probe(self) -> None:
        if self._shared is not None:
            await self._shared.ping()
            self._reporting.ask()


def _refusal(standing: Standing) -> TooManyRequests:
    seconds = math.ceil(standing.wait)
    refused = TooManyRequests(_sentence(seconds), retry_after_seconds=seconds)
    refused.headers.update(standing.headers)
    return refused


def _sentence(wait_seconds: int) -> str:
    """Return what the caller is told; a wait of a few seconds is over when it is read."""
    if wait_seconds <= FEW_SECONDS:
        return "Too many requests. Try again in a second."
    if wait_seconds <= MINUTES_FROM_SECONDS:
        return f"Too many requests. Try again in {wait_seconds} seconds."
    return f"Too many requests. Try again in {math.ceil(wait_seconds / 60)} minutes."
