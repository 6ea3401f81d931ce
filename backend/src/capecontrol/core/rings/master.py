"""The master ring: the environment's ENCRYPTION_KEYS, which seal the keys of the other rings in the database."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken

from capecontrol.core.rings.ring import RingName

#: Not the legacy keys of the sealing ring themselves: a sealed value can never stand in for a sealed key.
_PURPOSE = b"secret-keys:"


class MasterRing:
    """Seals keys. The first entry seals; every entry opens."""

    def __init__(self, entries: Sequence[str]) -> None:
        """Take the entries, newest first (at least one)."""
        if not entries:
            raise ValueError("a master ring needs at least one entry")
        self._entries = {fingerprint("encryption-key", entry): _fernet(entry) for entry in entries}

    def __repr__(self) -> str:
        """Return the number of entries, and no key."""
        return f"MasterRing({len(self._entries)} entries)"

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Return the fingerprints of the entries, newest first."""
        return tuple(self._entries)

    @property
    def newest(self) -> str:
        """Return the fingerprint of the entry that seals."""
        return self.fingerprints[0]

    def seal(self, ring: RingName, identifier: str, material: bytes) -> str:
        """Seal a key, bound to its ring and its id: it opens as no other."""
        text = f"{ring}:{identifier}:{base64.b64encode(material).decode()}"
        return self._entries[self.newest].encrypt(text.encode()).decode()

    def open(self, ring: RingName, identifier: str, sealed: str) -> bytes | None:
        """Return the material of a sealed key, or None when no entry opens it as this ring's key of this id."""
        for entry in self._entries.values():
            try:
                text = entry.decrypt(sealed.encode()).decode()
            except InvalidToken:
                continue
            bound, _, material = text.rpartition(":")
            return base64.b64decode(material) if bound == f"{ring}:{identifier}" else None
        return None


def fingerprint(kind: str, secret: str) -> str:
    """Return what a database may keep to recognize a secret: a digest keyed by the secret itself (128 bits, hex)."""
    return hmac.new(secret.encode(), f"fingerprint:{kind}".encode(), hashlib.sha256).hexdigest()[:32]


def _fernet(entry: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + entry.encode()).digest()))
