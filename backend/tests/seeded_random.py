"""Random numbers that are the same at each run, on any version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class SeededRandom:
    """A row of numbers told by a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn = 0

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound - 1``."""
        self._drawn += 1
        return int.from_bytes(hashlib.sha256(f"{self._seed}/{self._drawn}".encode()).digest()[:8], "big") % bound

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of several things."""
        return things[self.below(len(things))]
