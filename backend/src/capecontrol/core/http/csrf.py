"""Cross-site request forgery: a signed double-submit token, before and after sign-in.

Source: OWASP CSRF Prevention Cheat Sheet, "Signed Double-Submit Cookie". A cookie that another site planted has no
valid signature, and another site can read neither the cookie nor the header.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import ClassVar

from starlette.requests import Request

from capecontrol.core.problems import Forbidden
from capecontrol.core.rings.ring import KeyUnknown, SecretKey, SecretRing

#: Where the token may stand; the first of each is the preferred one.
HEADERS = ("x-csrf-token", "x-csrftoken", "x-xsrf-token")
COOKIES = ("csrftoken", "csrf_token", "XSRF-TOKEN")
#: How long a pair is honoured after its key was replaced: two days with the hour that is added to every lifetime. A
#: page that stays open for longer is refused once and takes a new pair by itself.
PAIR_TTL = timedelta(hours=47)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfFailed(Forbidden):
    """The header and the cookie do not match, or neither was signed by us."""

    slug: ClassVar[str] = "auth/csrf-failed"
    title: ClassVar[str] = "This request came from another site"


class CsrfTokens:
    """Makes and checks the tokens: ``nonce.signature``, after the id of the key where it has one."""

    def __init__(self, ring: SecretRing) -> None:
        """Take the keys that sign."""
        self._ring = ring

    def issue(self) -> str:
        """Return a fresh token: 128 random bits and their signature."""
        key, nonce = self._ring.current, secrets.token_urlsafe(16)
        token = f"{nonce}.{_sign(key, nonce)}"
        return token if key.id is None else f"{key.id}.{token}"

    def is_ours(self, token: str) -> bool:
        """Tell whether we signed a token.

        Raises:
            KeyNotReadable: this process cannot tell.
        """
        rest, _, signature = token.rpartition(".")
        identifier, separator, nonce = rest.rpartition(".")
        try:
            key = self._ring.key(identifier if separator else None)
        except KeyUnknown:
            return False
        return hmac.compare_digest(signature.encode(), _sign(key, nonce).encode())

    def check(self, request: Request) -> None:
        """Let a request pass whose header and cookie carry one token of ours.

        Raises:
            CsrfFailed: missing, different or unsigned.
        """
        sent = next((request.headers[name] for name in HEADERS if name in request.headers), "")
        kept = next((request.cookies[name] for name in COOKIES if name in request.cookies), "")
        if not sent or not kept or not hmac.compare_digest(sent.encode(), kept.encode()) or not self.is_ours(sent):
            raise CsrfFailed("Get a token from /api/auth/csrf and send it in both the header and the cookie.")


def _sign(key: SecretKey, nonce: str) -> str:
    return hmac.new(key.material, nonce.encode(), hashlib.sha256).hexdigest()
