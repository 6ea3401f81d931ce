"""All rings of a process, and how old its knowledge of them is."""

import asyncio
import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from capecontrol.core.rings.master import MasterRing, fingerprint
from capecontrol.core.rings.ring import RingName, SecretKey, SecretRing

#: What each ring made of SECRET_KEY before it had keys of its own. The sealing ring's legacy entries are
#: ENCRYPTION_KEYS themselves, which ``Keyring`` holds.
_PURPOSES = {RingName.TOKENS: b"access-token:", RingName.CSRF: b"csrf:", RingName.PEPPER: b"password:"}


@dataclass(frozen=True, slots=True)
class RingTimes:
    """How rings travel.

    A key is used ``grace`` after it was made. A process that read the rings less than ``fresh_seconds`` ago therefore
    knows every key that anything can have been made with, as long as the grace is longer than that.
    """

    reload_seconds: float = 30.0
    #: How often a process reads again because it met an id that it does not know.
    asked_seconds: float = 2.0
    fresh_seconds: float = 90.0
    grace: timedelta = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as the database keeps it. ``sealed`` is None once it was retired."""

    id: str
    ring: RingName
    sealed: str | None = field(repr=False)
    used_from: datetime


@dataclass(frozen=True, slots=True)
class StoredKeys:
    """All keys of a database, and its time when they were read."""

    keys: tuple[StoredKey, ...]
    read_at: datetime


def legacy_id(ring: RingName) -> str:
    """Return the id under which the database notes that a ring's legacy entry was retired."""
    return f"{ring}-legacy"


class SecretRings:
    """The four rings. They know their legacy entries only, until ``learn`` tells them what the database keeps."""

    def __init__(
        self,
        secret: str,
        master: MasterRing,
        *,
        times: RingTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the environment's part.

        Args:
            secret: SECRET_KEY, the legacy entry of tokens, csrf and pepper.
            master: what opens the keys in the database.
            times: how rings travel.
            clock: seconds that only grow.
        """
        self.master = master
        self.times = times or RingTimes()
        self.secret_fingerprint = fingerprint("secret-key", secret)
        self._clock = clock
        self._read_at: float | None = None
        self._asked = asyncio.Event()
        self._rings = {
            name: SecretRing(name, _legacy(name, secret), on_unknown=self._meet_unknown, clock=clock)
            for name in RingName
        }

    def __repr__(self) -> str:
        """Return the names of the rings, and no key."""
        return f"SecretRings({', '.join(RingName)})"

    def __getitem__(self, name: RingName) -> SecretRing:
        """Return a ring."""
        return self._rings[name]

    def learn(self, stored: StoredKeys) -> list[str]:
        """Hold what the database keeps; return the ids of keys that no master key of this process opens."""
        now = self._clock()
        locked = []
        for name, ring in self._rings.items():
            own = sorted((key for key in stored.keys if key.ring is name), key=lambda key: (key.used_from, key.id))
            live = [key for key in own if key.sealed is not None]
            opened = [(key, self.master.open(name, key.id, key.sealed or "")) for key in live]
            closed = [key.id for key, material in opened if material is None]
            ring.replace(
                (
                    SecretKey(key.id, material, now + (key.used_from - stored.read_at).total_seconds())
                    for key, material in opened
                    if material is not None
                ),
                locked=closed,
                has_legacy=all(key.id != legacy_id(name) for key in own),
            )
            locked += closed
        self._read_at = now
        return locked

    def begin_following(self) -> None:
        """Expect to be told what the database keeps: until then keys may be in use that these rings lack."""
        if self._read_at is None:
            self._read_at = -math.inf

    @property
    def is_stale(self) -> bool:
        """Tell whether keys may be in use that this process does not know. Rings that follow no database never are."""
        return self._read_at is not None and self._clock() - self._read_at > self.times.fresh_seconds

    async def asked(self) -> None:
        """Wait until somebody meets an id that the rings lack."""
        await self._asked.wait()
        self._asked.clear()

    def _meet_unknown(self) -> bool:
        self._asked.set()
        return self.is_stale


def _legacy(name: RingName, secret: str) -> bytes:
    purpose = _PURPOSES.get(name)
    return b"" if purpose is None else hashlib.sha256(purpose + secret.encode()).digest()
