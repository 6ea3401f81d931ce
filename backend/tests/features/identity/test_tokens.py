"""Access tokens that were tampered with, forged, or made for something else: 401 each, and never a 500."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.client import Client
from tests.moving_clock import MovingClock
from tests.people import People, Person
from tests.security.forged_tokens import SECRET, claims_of, sign

KEY = hashlib.sha256(b"access-token:" + SECRET.encode()).digest()


def _part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(header: object, claims: object, signature: bytes = b"") -> str:
    return f"{_part(header)}.{_part(claims)}.{_part(signature) if signature else ''}"


def _signed(header: object, claims: bytes) -> str:
    """Sign any bytes as claims with the product's own key."""
    head = f"{_part(header)}.{_part(claims)}"
    return f"{head}.{_part(hmac.new(KEY, head.encode(), hashlib.sha256).digest())}"


def _bytes(person: Person) -> bytes:
    return json.dumps(claims_of(person)).encode()


GOOD = {"alg": "HS256", "typ": "at+jwt"}
Forger = Callable[[Person], str]


def _with(**changes: Any) -> Forger:
    return lambda person: sign(claims_of(person, **changes))


def _without(name: str) -> Forger:
    return lambda person: sign({key: value for key, value in claims_of(person).items() if key != name})


def _claims_text(person: Person, old: str, new: str) -> str:
    return _signed(GOOD, json.dumps(claims_of(person)).replace(old, new).encode())


FORGED: dict[str, Forger] = {
    "alg none": lambda person: _raw({"alg": "none", "typ": "at+jwt"}, claims_of(person)),
    "alg None": lambda person: _raw({"alg": "None", "typ": "at+jwt"}, claims_of(person)),
    "alg nOnE with a signature": lambda person: _raw({"alg": "nOnE", "typ": "at+jwt"}, claims_of(person), b"x" * 32),
    "no signature": lambda person: sign(claims_of(person)).rpartition(".")[0] + ".",
    "another key": lambda person: sign(claims_of(person), key=b"k" * 32),
    "the bare secret as key": lambda person: sign(claims_of(person), key=SECRET.encode()),
    "HS512": lambda person: sign(claims_of(person), alg="HS512"),
    "a flipped bit of the signature": lambda person: _flip(sign(claims_of(person)), 2),
    "a flipped bit of the claims": lambda person: _flip(sign(claims_of(person)), 1),
    "no alg": lambda person: _signed({"typ": "at+jwt"}, _bytes(person)),
    "an unknown critical header": lambda person: _signed({**GOOD, "crit": ["x"], "x": 1}, _bytes(person)),
    "kid as a path": lambda person: _signed({**GOOD, "kid": "../../dev/null", "alg": "none"}, _bytes(person)),
    "kid as a number": lambda person: _signed({**GOOD, "kid": 7}, _bytes(person)),
    "kid as a list": lambda person: _signed({**GOOD, "kid": ["legacy"]}, _bytes(person)),
    "no type": lambda person: sign(claims_of(person), typ=None),
    "an ID token's type": lambda person: sign(claims_of(person), typ="JWT"),
    "another audience": _with(aud="another-app"),
    "a list of audiences": _with(aud=["capecontrol", "another-app"]),
    "another issuer": _with(iss="https://evil.test"),
    "no audience": _without("aud"),
    "no issuer": _without("iss"),
    "no expiry": _without("exp"),
    "no time of issue": _without("iat"),
    "no session": _without("sid"),
    "no person": _without("sub"),
    "no version": _without("ver"),
    "no jti": _without("jti"),
    "expired": _with(exp=int(time.time()) - 1, iat=int(time.time()) - 100),
    "not yet issued": _with(iat=int(time.time()) + 3600),
    "expiry as text": _with(exp=str(int(time.time()) + 3600)),
    "expiry as a fraction": _with(exp=time.time() + 3600.5),
    "expiry as true": _with(exp=True),
    "expiry NaN": lambda person: _claims_text(person, f'"exp": {claims_of(person)["exp"]}', '"exp": NaN'),
    "expiry 1e400": lambda person: _claims_text(person, f'"exp": {claims_of(person)["exp"]}', '"exp": 1e400'),
    "an enormous expiry": _with(exp=10**400, iat=10**399),
    "an enormous version": _with(ver=10**400),
    "version as text": _with(ver="zero"),
    "another version": _with(ver=7),
    "a negative version": _with(ver=-1),
    "another role": _with(role="OPERATOR"),
    "an unknown role": _with(role="ROOT"),
    "role as a list": _with(role=["OWNER"]),
    "another organization": _with(org_id=str(uuid.uuid4())),
    "organization as a number": _with(org_id=7),
    "no organization": _without("org_id"),
    "another person": _with(sub=str(uuid.uuid4())),
    "person as SQL": _with(sub="' or 1=1 --"),
    "another session": _with(sid=str(uuid.uuid4())),
    "session as an object": _with(sid={"id": 1}),
    "claims are a list": lambda person: _signed(GOOD, b"[]"),
    "claims are text": lambda person: _signed(GOOD, b'"claims"'),
    "claims are no JSON": lambda person: _signed(GOOD, b"\xff\xfe"),
    "deep claims": lambda person: _signed(GOOD, b"[" * 900 + b"]" * 900),
    "duplicate claims": lambda person: _claims_text(person, '"aud": "capecontrol"', '"aud": "x", "aud": "another"'),
    "an oversized token": lambda person: "a" * 1_000_000,
    "a token of dots": lambda person: "....",
    "two parts": lambda person: "a.b",
    "no base64": lambda person: "$$$.$$$.$$$",
    "not ASCII": lambda person: "\u00e9.\u00e9.\u00e9",
    "JSON serialization": lambda person: json.dumps({"payload": _part(claims_of(person)), "signatures": []}),
    "empty": lambda person: " ",
}  # fmt: skip


def _flip(token: str, part: int) -> str:
    """Change one bit of a part's bytes."""
    parts = token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=" * (-len(parts[part]) % 4)))
    raw[len(raw) // 2] ^= 1
    parts[part] = _part(bytes(raw))
    return ".".join(parts)


async def test_a_good_token_made_the_same_way_is_taken(people: People) -> None:
    """Else the table below would prove nothing."""
    owner = await people.owner()
    answer = await Client(people.app, sign(claims_of(owner))).get("/api/auth/me")
    assert answer.status_code == 200
    assert (await Client(people.app, _signed(GOOD, _bytes(owner))).get("/api/auth/me")).is_success


async def test_every_forged_token_is_401(people: People) -> None:
    owner, wrong = await people.owner(), []
    client = people.stranger()
    for name, forge in FORGED.items():
        value = f"Bearer {forge(owner)}".encode("latin-1")
        answer = await client.get("/api/auth/me", headers={"Authorization": value})
        if answer.status_code != 401 or answer.json()["type"] != "auth/unauthenticated":
            wrong.append(f"{name}: {answer.status_code}")
        elif answer.headers.get("www-authenticate") != "Bearer":
            wrong.append(f"{name}: no WWW-Authenticate")
    assert wrong == []


async def test_an_access_token_holds_for_a_day_and_clocks_may_differ_by_a_minute(
    people: People, clock: MovingClock
) -> None:
    """A process whose clock is behind takes what another has just issued, and no more than that."""
    owner, issued = await people.owner(), int(time.time())
    client = Client(people.app, sign(claims_of(owner, iat=issued, exp=issued + 24 * 3600)))
    for seconds, status in ((-61, 401), (-60, 200), (0, 200), (24 * 3600 - 1, 200), (24 * 3600, 401)):
        clock.stop(datetime.fromtimestamp(issued + seconds, UTC))
        assert (await client.get("/api/auth/me")).status_code == status, seconds


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "bearer", "Token x", "Bearer a b"])
async def test_another_scheme_is_401(header: str, people: People) -> None:
    answer = await people.stranger().get("/api/auth/me", headers={"Authorization": header})
    assert answer.status_code == 401


async def test_a_refresh_token_is_no_access_token(people: People) -> None:
    owner = await people.owner()
    body = {"email": owner.email, "password": "Correct-horse-9"}
    token = (await people.stranger().post("/api/auth/login", body)).json()["refresh_token"]
    assert (await Client(people.app, token).get("/api/auth/me")).status_code == 401
