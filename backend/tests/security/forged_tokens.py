"""Access tokens that the product would not issue, signed with its own key unless said otherwise."""

import hashlib
import time
import uuid
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from tests.people import Person

SECRET = "only-for-tests-" + "x" * 32
ISSUER = "http://localhost:8000"


def claims_of(person: Person, **changes: Any) -> dict[str, Any]:
    """The claims of a good token, some of them changed; ``None`` as a change leaves the claim out."""
    now = int(time.time())
    good: dict[str, Any] = {
        "sub": str(person.id),
        "user_id": str(person.id),
        "org_id": str(person.org_id) if person.org_id else None,
        "role": str(person.role),
        "realm": str(person.role.realm),
        "sid": str(person.session_id),
        "ver": 0,
        "iat": now,
        "exp": now + 3600,
        "jti": str(uuid.uuid4()),
        "iss": ISSUER,
        "aud": "capecontrol",
    }
    good.update(changes)
    return {name: value for name, value in good.items() if value is not None}


def sign(claims: dict[str, Any], *, key: bytes | None = None, typ: str | None = "at+jwt", alg: str = "HS256") -> str:
    """Sign claims, by default as the product does."""
    secret = key if key is not None else hashlib.sha256(b"access-token:" + SECRET.encode()).digest()
    header = {"alg": alg} | ({"typ": typ} if typ is not None else {})
    return jwt.encode(header, claims, OctKey.import_key(secret), algorithms=[alg])


def forged_token(person: Person, **changes: Any) -> str:
    """A token of a person with some claims changed."""
    return sign(claims_of(person, **changes))
