"""The buckets of one process, for while Redis is away: no Redis must not mean no limit."""

from collections import OrderedDict

from capecontrol.core.http.limits.limit import Limit
from capecontrol.core.http.limits.standing import Standing

#: How many a process keeps.
BUCKETS_MAX = 10_000


class LocalBuckets:
    """Counts within this process only, at half the rate and burst, since others count, too."""

    def __init__(self) -> None:
        """Begin empty."""
        self._buckets: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._buckets)

    def hit(self, key: str, limit: Limit, now: float) -> Standing:
        """Count one request, and return where its subject stands."""
        interval = 2 * limit.interval
        arrival = max(self._buckets.pop(key, now), now)
        wait = max(arrival - now - interval * max(limit.burst // 2 - 1, 0), 0.0)
        if wait == 0:
            arrival += interval
        self._buckets[key] = arrival
        while len(self._buckets) > BUCKETS_MAX:
            self._buckets.popitem(last=False)
        return Standing(limit, arrival - now, wait)
