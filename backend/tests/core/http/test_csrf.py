"""CSRF: a signed pair in any of three headers and three cookies, and nothing else."""

import itertools

import pytest
from cryptography.fernet import Fernet

from capecontrol.core.http.csrf import COOKIES, HEADERS, CsrfTokens
from capecontrol.core.rings.master import MasterRing
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import SecretRings
from tests.client import Client
from tests.security.forged_tokens import SECRET
from tests.security.world import World

MASTER = MasterRing([Fernet.generate_key().decode()])
OURS, FOREIGN = (
    CsrfTokens(SecretRings(secret, MASTER)[RingName.CSRF]) for secret in (SECRET, "another server's secret")
)


async def _post(world: World, headers: dict[str, str], cookies: dict[str, str], *, token: str | None = None) -> int:
    client = Client(world.people.app, token)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    if cookie:
        sent["Cookie"] = cookie.encode("latin-1")
    answer = await client.post("/api/auth/logout", csrf=False, headers=sent)
    if answer.status_code == 403:
        assert answer.json()["type"] == "auth/csrf-failed"
    return answer.status_code


@pytest.mark.parametrize(("header", "cookie"), list(itertools.product(HEADERS, COOKIES)))
async def test_each_header_and_each_cookie_serves(header: str, cookie: str, world: World) -> None:
    pair = OURS.issue()
    assert await _post(world, {header: pair}, {cookie: pair}) == 204


async def test_everything_else_is_refused(world: World) -> None:
    pair, other, foreign = OURS.issue(), OURS.issue(), FOREIGN.issue()
    nonce, _, signature = pair.partition(".")
    flipped = f"{nonce}.{('0' if signature[0] != '0' else '1')}{signature[1:]}"
    header, cookie = HEADERS[0], COOKIES[0]
    attempts: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
        ("nothing", {}, {}),
        ("only the header", {header: pair}, {}),
        ("only the cookie", {}, {cookie: pair}),
        ("two different ones of ours", {header: pair}, {cookie: other}),
        ("a pair that nobody signed", {header: "abc"}, {cookie: "abc"}),
        ("a pair without a nonce", {header: "." + signature}, {cookie: "." + signature}),
        ("a pair that another server signed", {header: foreign}, {cookie: foreign}),
        ("one bit of the signature", {header: flipped}, {cookie: flipped}),
        ("an empty pair", {header: ""}, {cookie: ""}),
        ("the right one in another header", {"x-token": pair}, {cookie: pair}),
        ("the right one in another cookie", {header: pair}, {"token": pair}),
        ("not ASCII", {header: "\u00e9.\u00e9"}, {cookie: "\u00e9.\u00e9"}),
    )
    for name, headers, cookies in attempts:
        assert await _post(world, headers, cookies) == 403, name


async def test_a_bearer_token_does_not_do_without(world: World) -> None:
    assert await _post(world, {}, {}, token=world.operator.client.token) == 403


async def test_the_token_comes_in_body_header_and_cookie(world: World) -> None:
    answer = await world.people.stranger().get("/api/auth/csrf")
    value = answer.json()["csrf_token"]
    assert answer.json() == {"csrf": value, "csrf_token": value, "token": value}
    assert answer.headers["x-csrf-token"] == value
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"csrftoken={value};")
    assert "path=/" in cookie.lower()
    assert "httponly" not in cookie.lower()
    assert "samesite=lax" in cookie.lower()
