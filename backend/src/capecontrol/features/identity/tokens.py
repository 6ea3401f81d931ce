"""First-party access tokens: HS256, good for a day, and only while their session lives."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, OctKey

from capecontrol.core.permissions import Role
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.rings.ring import KeyUnknown, SecretKey, SecretRing

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


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token whose signature holds, as long as its key counts."""

    claims: AccessClaims
    issued_at: int
    expires_at: int
    key_id: str | None


class AccessTokens:
    """Signs and reads access tokens. The header ``kid`` names the key; a token without one means the legacy entry."""

    def __init__(self, ring: SecretRing, issuer: str) -> None:
        """Take the keys that sign and the installation's public address."""
        self._ring = ring
        self._issuer = issuer
        # A token comes with each request of its session; its signature is checked once, its times always.
        self._verified = lru_cache(maxsize=VERIFIED_TOKENS)(self._verify)
        self._imported: dict[SecretKey, OctKey] = {}

    def issue(self, claims: AccessClaims, now: datetime) -> str:
        """Return a signed token."""
        issued, key = int(now.timestamp()), self._ring.current
        return jwt.encode(
            {"alg": _ALGORITHM, "typ": _TYPE} | ({} if key.id is None else {"kid": key.id}),
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
            self._import(key),
            algorithms=[_ALGORITHM],
        )

    def read(self, token: str, now: datetime) -> AccessClaims:
        """Return what a token says.

        Raises:
            Unauthenticated: it is not ours, not for this, or not valid now.
            KeyNotReadable: this process cannot tell whether it is ours.
        """
        if len(token) > _LENGTH_MAX:
            raise Unauthenticated()
        verified = self._verified(token)
        if not verified.issued_at - SKEW_SECONDS <= now.timestamp() < verified.expires_at:
            raise Unauthenticated(internal="outside its time")
        if not self._ring.holds(verified.key_id):
            raise Unauthenticated(internal="its key was retired")
        return verified.claims

    def _verify(self, token: str) -> "_Verified":
        """Return what a token of ours says, and from when to when it holds.

        Raises:
            Unauthenticated: it is not ours, or not for this.
        """
        try:
            decoded = jwt.decode(token, self._key_of, algorithms=[_ALGORITHM])
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
        except (JoseError, KeyUnknown, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Unauthenticated(internal=type(error).__name__) from error
        return _Verified(said, claims["iat"], claims["exp"], decoded.header.get("kid"))

    def _key_of(self, token: GuestProtocol) -> OctKey:
        # A ``kid`` that is no text does not come here: joserfc refuses it, as any header of another type.
        identifier: str | None = token.headers().get("kid")
        return self._import(self._ring.key(identifier))

    def _import(self, key: SecretKey) -> OctKey:
        imported = self._imported.get(key)
        if imported is None:
            imported = self._imported[key] = OctKey.import_key(key.material)
        return imported

    def _check_presence(self, claims: dict[str, object]) -> None:
        times = {name: claims.get(name) for name in ("iat", "exp")}
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in times.values()):
            raise ValueError("iat and exp must be whole seconds")
        if claims.get("iss") != self._issuer or claims.get("aud") != AUDIENCE:
            raise ValueError("another issuer or audience")
        if not all(isinstance(claims.get(name), str) for name in ("sub", "sid", "jti", "role")):
            raise ValueError("a claim is missing")
