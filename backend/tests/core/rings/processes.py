"""Processes that share a database of keys, in simulated time: each reads it when it likes, by its own clock."""

import base64
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet

from capecontrol.core.crypto import Keyring
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.peppers import Peppers
from capecontrol.core.rings.master import MasterRing
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import RingTimes, SecretRings, StoredKey, StoredKeys

BEGINNING = datetime(2026, 11, 21, tzinfo=UTC)
ENTRY = Fernet.generate_key().decode()
SECRET = "a secret of the environment, long enough"


@dataclass
class Vault:
    """The table of keys, and the database's clock."""

    master: MasterRing = field(default_factory=lambda: MasterRing([ENTRY]))
    seconds: float = 0.0
    keys: list[StoredKey] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.seconds)

    def rotate(self, ring: RingName, grace: timedelta) -> str:
        """Make a key as the command does; return its id."""
        identifier = base64.b32encode(os.urandom(5)).decode().lower()
        sealed = self.master.seal(ring, identifier, os.urandom(32))
        self.keys.append(StoredKey(identifier, ring, sealed, self.now + grace))
        return identifier

    def stored(self) -> StoredKeys:
        return StoredKeys(tuple(self.keys), self.now)


class Process:
    """What one process makes and reads with its rings. Its monotonic clock began when it liked."""

    def __init__(self, vault: Vault, *, clock_begins_at: float = 0.0, times: RingTimes | None = None) -> None:
        self.vault = vault
        self.rings = SecretRings(
            SECRET, MasterRing([ENTRY]), times=times, clock=lambda: vault.seconds + clock_begins_at
        )
        self.csrf = CsrfTokens(self.rings[RingName.CSRF])
        self.keyring = Keyring([ENTRY], self.rings[RingName.SEALING])
        self.peppers = Peppers(self.rings[RingName.PEPPER])
        self.read()

    def read(self) -> None:
        """Read the rings."""
        self.rings.learn(self.vault.stored())

    def make(self, ring: RingName) -> str:
        """Make something that another process will have to read."""
        match ring:
            case RingName.CSRF:
                return self.csrf.issue()
            case RingName.SEALING:
                return self.keyring.seal("an n8n key")
            case _:
                pepper = self.peppers.current
                return self.peppers.name(b"$2b$" + pepper.material.hex().encode(), pepper)

    def reads(self, ring: RingName, made: str) -> bool:
        """Tell whether what a process made is right."""
        match ring:
            case RingName.CSRF:
                return self.csrf.is_ours(made)
            case RingName.SEALING:
                return self.keyring.open(made) == "an n8n key"
            case _:
                pepper, digest = self.peppers.read(made)
                return digest == b"$2b$" + pepper.material.hex().encode()
