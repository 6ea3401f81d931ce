"""Peppers: the server's secrets in every password hash, so that a dump without the environment cracks no password."""

import base64
import hashlib
import hmac
import unicodedata

from capecontrol.core.rings.ring import KeyUnknown, SecretKey, SecretRing

#: Begins hashes that name their pepper: ``$capecontrol$<id>$2b$12$…``. One without it has the legacy entry's.
SCHEME = "$capecontrol$"


class Peppers:
    """Prepares passwords for bcrypt, and writes and reads which pepper a hash has.

    The bcrypt input is the base64 of HMAC-SHA256(pepper, NFC(password)): 44 bytes, so that long passwords are neither
    cut nor refused by bcrypt's limit of 72 bytes, and a NUL in one does no harm.
    """

    def __init__(self, ring: SecretRing) -> None:
        """Take the keys."""
        self._ring = ring

    @property
    def current(self) -> SecretKey:
        """Return the pepper of new hashes."""
        return self._ring.current

    def prepare(self, password: str, pepper: SecretKey) -> bytes:
        """Return what bcrypt gets."""
        normal = unicodedata.normalize("NFC", password).encode()
        return base64.b64encode(hmac.new(pepper.material, normal, hashlib.sha256).digest())

    def name(self, digest: bytes, pepper: SecretKey) -> str:
        """Return bcrypt's digest with the pepper's id, as it is kept."""
        return digest.decode() if pepper.id is None else f"{SCHEME}{pepper.id}{digest.decode()}"

    def read(self, hashed: str) -> tuple[SecretKey, bytes | None]:
        """Return the pepper of a hash, and bcrypt's digest; None where the pepper is gone, so that nothing matches.

        Raises:
            KeyNotReadable: this process cannot tell.
        """
        identifier, digest = _split(hashed)
        try:
            return self._ring.key(identifier), digest.encode()
        except KeyUnknown:
            return self._ring.current, None

    def is_newest(self, hashed: str) -> bool:
        """Tell whether a hash has the pepper of new ones."""
        return _split(hashed)[0] == self._ring.current.id


def _split(hashed: str) -> tuple[str | None, str]:
    if not hashed.startswith(SCHEME):
        return None, hashed
    identifier, _, digest = hashed.removeprefix(SCHEME).partition("$")
    return identifier, f"${digest}"
