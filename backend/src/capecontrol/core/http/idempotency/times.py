"""How long a key is held, and how long a twin waits for it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class KeyTimes:
    """The times of keys whose actions work in phases."""

    #: How long the key of an attempt that was killed waits for the next one.
    lease: timedelta = timedelta(seconds=10)
    #: How often an attempt that goes on renews its lease.
    renew_seconds: float = 3.0
    #: When a twin asks again for the first one's answer, less and less often.
    poll_seconds: tuple[float, ...] = (0.1, 0.2, 0.4, 0.8, 1.6, 1.9)

    @property
    def wait_seconds(self) -> float:
        """Return how long a twin waits before it is told to come back."""
        return sum(self.poll_seconds)
