"""Until a ring has a key of its own, what is made is what release 0.1.0 makes: its rules, copied and frozen.

Both serve on one database while one replaces the other. Nobody edits these rules: they are what runs out there.
"""

import base64
import hashlib
import hmac
import uuid
from datetime import UTC, datetime

import bcrypt
from cryptography.fernet import Fernet
from joserfc import jwt
from joserfc.jwk import OctKey

from capecontrol.core.crypto import Keyring
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.peppers import Peppers
from capecontrol.core.permissions import Role
from capecontrol.core.rings.master import MasterRing
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import SecretRings
from capecontrol.features.identity.tokens import AccessClaims, AccessTokens

SECRET = "a secret of the environment, long enough"
ENTRY = Fernet.generate_key().decode()
RINGS = SecretRings(SECRET, MasterRing([ENTRY]))


def bound(purpose: bytes) -> bytes:
    return hashlib.sha256(purpose + SECRET.encode()).digest()


def test_a_csrf_token_is_a_nonce_and_its_signature() -> None:
    nonce, signature = CsrfTokens(RINGS[RingName.CSRF]).issue().split(".")
    assert signature == hmac.new(bound(b"csrf:"), nonce.encode(), hashlib.sha256).hexdigest()


async def test_a_password_hash_is_bcrypts_alone() -> None:
    hasher = PasswordHasher(Peppers(RINGS[RingName.PEPPER]), rounds=4)
    hashed = await hasher.hash("Lighthouse-7")
    hasher.close()
    prepared = base64.b64encode(hmac.new(bound(b"password:"), b"Lighthouse-7", hashlib.sha256).digest())
    assert bcrypt.checkpw(prepared, hashed.encode())


def test_a_sealed_value_is_a_fernet_token_alone() -> None:
    keyring = Keyring([ENTRY], RINGS[RingName.SEALING])
    assert Fernet(ENTRY).decrypt(keyring.seal("the n8n key").encode()) == b"the n8n key"
    key = hashlib.sha256(b"fingerprint:" + ENTRY.encode()).digest()
    assert keyring.fingerprint(b"body") == hmac.new(key, b"body", hashlib.sha256).hexdigest()


def test_an_access_token_names_no_key() -> None:
    claims = AccessClaims(uuid.uuid4(), None, Role.OPERATOR, uuid.uuid4(), 0)
    token = AccessTokens(RINGS[RingName.TOKENS], "http://localhost").issue(claims, datetime.now(UTC))
    decoded = jwt.decode(token, OctKey.import_key(bound(b"access-token:")), algorithms=["HS256"])
    assert decoded.header == {"alg": "HS256", "typ": "at+jwt"}
