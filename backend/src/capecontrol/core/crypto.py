"""Secrets at rest that must be read again: a Fernet key ring that can rotate; and one-way digests."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(ValueError):
    """A sealed value cannot be opened with any key of the ring."""


class Keyring:
    """Seals and opens short texts. The first key seals; every key opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take url-safe base64 Fernet keys, newest first (at least one)."""
        if not keys:
            raise ValueError("a key ring needs at least one key")
        self._ring = MultiFernet([Fernet(key) for key in keys])
        self._digest_keys = [hashlib.sha256(b"fingerprint:" + key.encode()).digest() for key in keys]

    def seal(self, text: str) -> str:
        """Encrypt and authenticate a text; the answer is ASCII."""
        return self._ring.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text of a sealed value.

        Raises:
            SealBroken: it was tampered with, or its key left the ring.
        """
        try:
            return self._ring.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken("sealed value cannot be opened") from error

    def fingerprint(self, data: bytes) -> str:
        """Return a keyed digest (HMAC-SHA256, hex): for comparing contents that may hold a password."""
        return hmac.new(self._digest_keys[0], data, hashlib.sha256).hexdigest()

    def has_fingerprint(self, fingerprint: str, data: bytes) -> bool:
        """Tell whether a fingerprint, made with any key of the ring, is that of the data."""
        return any(
            hmac.compare_digest(hmac.new(key, data, hashlib.sha256).hexdigest(), fingerprint)
            for key in self._digest_keys
        )


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
