"""First-party access tokens: HS256, good for a day, and only while their session lives."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from capecontrol.core.permissions import Role
from capecontrol.core.problems import Unauthenticated

ACCESS_TTL = timedelta(hours=24)
AUDIENCE = "capecontrol"
_TYPE = "at+jwt"
_ALGORITHM = "HS256"
#: Longer than any token of ours: not worth parsing.
_LENGTH_MAX = 4096
#: How many tokens a process remembers as its own.
VERIFIED_TOKENS = 4096
#: How far the clocks of two processes may differ.
SKEW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """Who a token speaks of."""

    user_id: uuid.UUID
    org_id: uuid.UUID | None
    role: Role
    session_id: uuid.UUID
    version: int


class AccessTokens:
    """Signs and reads access tokens."""

    def __init__(self, secret: str, issuer: str) -> None:
        """Take the server's secret (bound to this purpose before use) and the installation's public address."""
        self._key = OctKey.import_key(hashlib.sha256(b"access-token:" + secret.encode()).digest())
        self._issuer = issuer
        # A token comes with each request of its session; its signature is checked once, its times always.
        self._verified = lru_cache(maxsize=VERIFIED_TOKENS)(self._verify)

    def issue(self, claims: AccessClaims, now: datetime) -> str:
        """Return a signed token."""
        issued = int(now.timestamp())
        return jwt.encode(
            {"alg": _ALGORITHM, "typ": _TYPE},
            {
                "sub": str(claims.user_id),
                "user_id": str(claims.user_id),
                "org_id": str(claims.org_id) if claims.org_id else None,
                "role": claims.role,
                "realm": claims.role.realm,
                "sid": str(claims.session_id),
                "ver": claims.version,
                "iat": issued,
                "exp": issued + int(ACCESS_TTL.total_seconds()),
                "jti": str(uuid.uuid4()),
                "iss": self._issuer,
                "aud": AUDIENCE,
            },
            self._key,
            algorithms=[_ALGORITHM],
        )

    def read(self, token: str, now: datetime) -> AccessClaims:
        """Return what a token says.

        Raises:
            Unauthenticated: it is not ours, not for this, or not valid now.
        """
        if len(token) > _LENGTH_MAX:
            raise Unauthenticated()
        claims, issued_at, expires_at = self._verified(token)
        if not issued_at - SKEW_SECONDS <= now.timestamp() < expires_at:
            raise Unauthenticated(internal="outside its time")
        return claims

    def _verify(self, token: str) -> tuple[AccessClaims, int, int]:
        """Return what a token of ours says, and from when to when it holds.

        Raises:
            Unauthenticated: it is not ours, or not for this.
        """
        try:
            decoded = jwt.decode(token, self._key, algorithms=[_ALGORITHM])
            if decoded.header.get("typ") != _TYPE:
                raise Unauthenticated(internal="wrong token type")
            claims = decoded.claims
            self._check_presence(claims)
            said = AccessClaims(
                user_id=uuid.UUID(claims["sub"]),
                org_id=uuid.UUID(claims["org_id"]) if claims.get("org_id") else None,
                role=Role(claims["role"]),
                session_id=uuid.UUID(claims["sid"]),
                version=int(claims["ver"]),
            )
        except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Unauthenticated(internal=type(error).__name__) from error
        return said, claims["iat"], claims["exp"]

    def _check_presence(self, claims: dict[str, object]) -> None:
        times = {name: claims.get(name) for name in ("iat", "exp")}
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in times.values()):
            raise ValueError("iat and exp must be whole seconds")
        if claims.get("iss") != self._issuer or claims.get("aud") != AUDIENCE:
            raise ValueError("another issuer or audience")
        if not all(isinstance(claims.get(name), str) for name in ("sub", "sid", "jti", "role")):
            raise ValueError("a claim is missing")
