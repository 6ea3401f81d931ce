"""One ring: the key with which a process makes things now, and the keys that read what was ever made."""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from capecontrol.core.problems import Unavailable


class RingName(StrEnum):
    """What the keys of a ring are for."""

    TOKENS = "tokens"
    CSRF = "csrf"
    PEPPER = "pepper"
    SEALING = "sealing"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A key, and the id that stands in what was made with it.

    ``id`` is None for the legacy entry, which comes from the environment: what bears no id was made with it.
    ``usable_at`` is when a process may begin to make things with it, on the process's own monotonic clock: a wall clock
    that jumps changes nothing.
    """

    id: str | None
    material: bytes = field(repr=False)
    usable_at: float = field(default=-math.inf, compare=False)


class KeyUnknown(LookupError):
    """Nothing was ever made with a key of that id, or the key was retired."""


class KeyNotReadable(Unavailable):
    """This process cannot tell what was made with the key: it cannot open it, or has not read the rings for a while."""


class SecretRing:
    """The keys of one purpose. What it holds is replaced as a whole, so that threads see either the old or the new."""

    def __init__(
        self,
        name: RingName,
        legacy: bytes,
        *,
        on_unknown: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the legacy entry.

        Args:
            name: the purpose.
            legacy: the material of the entry that has no id.
            on_unknown: called when an id is met that the ring lacks; tells whether the ring may be out of date.
            clock: seconds that only grow.
        """
        self.name = name
        self._legacy = SecretKey(None, legacy)
        self._on_unknown = on_unknown
        self._clock = clock
        self._newest_first: tuple[SecretKey, ...] = (self._legacy,)
        self._by_id: dict[str | None, SecretKey] = {None: self._legacy}
        self._locked: frozenset[str] = frozenset()

    @property
    def current(self) -> SecretKey:
        """Return the key to make things with: the newest whose time has come."""
        now = self._clock()
        return next((key for key in self._newest_first if key.usable_at <= now), self._legacy)

    def key(self, identifier: str | None) -> SecretKey:
        """Return the key of an id, or the legacy entry for None.

        Raises:
            KeyUnknown: there is none.
            KeyNotReadable: there may be one, and this process cannot tell.
        """
        found = self._by_id.get(identifier)
        if found is not None:
            return found
        if identifier is not None and (identifier in self._locked or self._on_unknown()):
            raise KeyNotReadable()
        raise KeyUnknown(f"no key of that id in the ring {self.name}")

    def holds(self, identifier: str | None) -> bool:
        """Tell whether the key of an id reads what it made."""
        return identifier in self._by_id

    def replace(self, keys: Iterable[SecretKey], *, locked: Iterable[str] = (), has_legacy: bool = True) -> None:
        """Hold other keys from now on.

        Args:
            keys: those with an id, oldest first.
            locked: ids of keys that this process cannot open.
            has_legacy: whether the legacy entry still counts.
        """
        held = ([self._legacy] if has_legacy else []) + list(keys)
        self._locked = frozenset(locked)
        self._by_id = {key.id: key for key in held}
        self._newest_first = tuple(reversed(held))
