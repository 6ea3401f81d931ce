"""Where a subject stands with a limit, and how an answer tells it (draft-ietf-httpapi-ratelimit-headers)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from capecontrol.core.http.limits.limit import Limit

POLICY_HEADER = "RateLimit-Policy"
STANDING_HEADER = "RateLimit"
FULL = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a subject's bucket is ahead of the clock, and how long it is refused, both in seconds."""

    limit: Limit
    ahead: float
    wait: float = 0.0

    @property
    def share_used(self) -> float:
        """Return how much of the quota is used: 1 is all of it."""
        return self.ahead / (self.limit.burst * self.limit.interval)

    @property
    def remaining(self) -> int:
        """Return how many more would pass now."""
        if self.wait > 0:
            return 0
        return max(0, math.floor((self.limit.tolerance - self.ahead) / self.limit.interval + 1 + FULL))

    @property
    def headers(self) -> dict[str, str]:
        """Return the limit's policy, and what is left of it: after a refusal ``t`` is when to come back."""
        seconds = math.ceil(self.wait if self.wait > 0 else self.ahead)
        name = self.limit.name
        return {
            POLICY_HEADER: f'"{name}";q={self.limit.burst};w={self.limit.window}',
            STANDING_HEADER: f'"{name}";r={self.remaining};t={max(seconds, 1 if self.wait > 0 else 0)}',
        }


def most_constrained(standings: Iterable[Standing]) -> Standing | None:
    """Return the standing of which least is left; None where nothing was counted."""
    return max(standings, key=lambda standing: standing.share_used, default=None)
