"""How often something may happen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second, with a burst."""

    per_second: float
    burst: int
