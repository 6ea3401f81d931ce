"""A rate limit: how many, of whom."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from capecontrol.core.http.limits.subject import Subject

#: How much more than one address a network may ask for: its /24, of IPv6 its /48, which one subscriber may have alone.
NETWORK_TIMES = 8


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a second, with a burst, counted for each subject of a kind."""

    name: str
    per_second: float
    burst: int
    by: Subject = Subject.ADDRESS

    @property
    def interval(self) -> float:
        """Return how many seconds one request stands for."""
        return 1 / self.per_second

    @property
    def tolerance(self) -> float:
        """Return how many seconds a bucket may be ahead of the clock when one more passes."""
        return (self.burst - 1) / self.per_second

    @property
    def furthest(self) -> float:
        """Return how many seconds a bucket may be ahead of the clock at all: more was told by another clock."""
        return 2 * self.tolerance + self.interval

    @property
    def window(self) -> int:
        """Return in how many seconds a used-up quota is whole again."""
        return max(1, math.ceil(self.burst / self.per_second))

    @property
    def of_network(self) -> "Limit":
        """Return what all addresses of a network may ask for together."""
        return replace(
            self,
            name=f"{self.name}-network",
            per_second=self.per_second * NETWORK_TIMES,
            burst=self.burst * NETWORK_TIMES,
        )


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
