"""Secrets at rest that must be read again: the sealing ring; and one-way digests."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from capecontrol.core.rings.ring import KeyUnknown, RingName, SecretKey, SecretRing

#: What every Fernet token begins with: version 0x80 and the first bytes of the time.
FERNET_PREFIX = "gAAAA"


class SealBroken(ValueError):
    """A sealed value cannot be opened with any key that this process has."""


class Keyring:
    """Seals and opens values.

    What the keys of the environment seal bears no id; what a key of the ring seals is ``<id>:<Fernet token>``. The
    ring's newest key seals as soon as it has one, before that the environment's first; every key opens.
    """

    def __init__(self, keys: Sequence[str], ring: SecretRing | None = None) -> None:
        """Take url-safe base64 Fernet keys, newest first (at least one), and the sealing ring."""
        if not keys:
            raise ValueError("a key ring needs at least one key")
        self._ring = ring or SecretRing(RingName.SEALING, b"")
        self._legacy = [Fernet(key) for key in keys]
        self._legacy_digests = [hashlib.sha256(b"fingerprint:" + key.encode()).digest() for key in keys]

    @property
    def has_own_key(self) -> bool:
        """Tell whether the ring's own key seals by now, which no release before the rings can open."""
        return self._ring.current.id is not None

    @property
    def current_id(self) -> str | None:
        """Return the id of the key that seals; None while the environment's first does."""
        return self._ring.current.id

    def seal(self, text: str) -> str:
        """Encrypt and authenticate a text; the answer is ASCII."""
        return self.seal_bytes(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text of a sealed value.

        Raises:
            SealBroken: it was tampered with, or its key left the ring.
            KeyNotReadable: this process cannot tell.
        """
        return self.open_bytes(sealed.encode()).decode()

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt and authenticate a content; the answer is ASCII."""
        key = self._ring.current
        if key.id is None:
            return self._legacy[0].encrypt(content)
        return key.id.encode() + b":" + _fernet(key).encrypt(content)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Return the content of a sealed value.

        Raises:
            SealBroken: it was tampered with, or its key left the ring.
            KeyNotReadable: this process cannot tell.
        """
        identifier, separator, token = sealed.partition(b":")
        try:
            if not separator:
                return MultiFernet(self._legacy).decrypt(sealed)
            return _fernet(self._ring.key(identifier.decode("ascii", "replace"))).decrypt(token)
        except (InvalidToken, KeyUnknown) as error:
            raise SealBroken("sealed value cannot be opened") from error

    def reseal(self, sealed: bytes) -> bytes | None:
        """Return a value sealed with the key that seals now, or None when it is.

        Raises:
            SealBroken: no key opens it.
        """
        current = self._ring.current.id
        identifier, separator, _ = sealed.partition(b":")
        if separator and identifier.decode("ascii", "replace") == current:
            return None
        if not separator and current is None and _opens(self._legacy[0], sealed):
            return None
        return self.seal_bytes(self.open_bytes(sealed))

    def fingerprint(self, data: bytes) -> str:
        """Return a keyed digest (HMAC-SHA256, hex): for comparing contents that may hold a password."""
        key = self._ring.current
        if key.id is None:
            return _digest(self._legacy_digests[0], data)
        return f"{key.id}:{_digest(_digest_key(key), data)}"

    def has_fingerprint(self, fingerprint: str, data: bytes) -> bool:
        """Tell whether a fingerprint, made with any key of the ring, is that of the data.

        Raises:
            KeyNotReadable: this process cannot tell.
        """
        identifier, separator, digested = fingerprint.partition(":")
        if not separator:
            return any(hmac.compare_digest(_digest(key, data), fingerprint) for key in self._legacy_digests)
        try:
            key = self._ring.key(identifier)
        except KeyUnknown:
            return False
        return hmac.compare_digest(_digest(_digest_key(key), data), digested)


def new_secret() -> str:
    """Return 256 fresh random bits, url-safe."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 of a high-entropy secret, in hex: what the database keeps of tokens.

    Text from outside may hold lone surrogates, which JSON can write and UTF-8 cannot: they are digested like the rest.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def _fernet(key: SecretKey) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key.material))


def _digest_key(key: SecretKey) -> bytes:
    return hashlib.sha256(b"fingerprint:" + key.material).digest()


def _digest(key: bytes, data: bytes) -> str:
    return hmac.new(key, data, hashlib.sha256).hexdigest()


def _opens(key: Fernet, sealed: bytes) -> bool:
    try:
        key.decrypt(sealed)
    except InvalidToken:
        return False
    return True
