"""Chance that falls the same way each time."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A row of throws told by a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._throws = 0

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound - 1``."""
        self._throws += 1
        return int.from_bytes(hashlib.sha256(f"{self._seed}/{self._throws}".encode()).digest()[:8], "big") % bound

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of several things."""
        return things[self.below(len(things))]
