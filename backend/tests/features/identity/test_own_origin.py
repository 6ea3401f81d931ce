"""Whose pages sign somebody in, renew and sign out: ours, under every name that they were opened by, and no others."""

from collections.abc import AsyncIterator

import pytest
from httpx import URL
from redis.asyncio import Redis

from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.cookies import SessionCookies
from capecontrol.features.identity.own_origin import OwnOrigin
from capecontrol.main.api import create_app
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.people import PASSWORD, People

#: What a browser sends of itself, and whether it was a page of ours. Without TLS it names no site but for loopback.
PAGES = [
    ({}, "localhost:8000", True),
    ({"Origin": "http://localhost:8000"}, "localhost:8000", True),
    ({"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}, "localhost:8000", True),
    ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, "127.0.0.1:8000", True),
    ({"Origin": "http://192.168.1.5:8000"}, "192.168.1.5:8000", True),
    ({"Origin": "http://Office.localhost:8000"}, "office.localhost:8000", True),
    # A proxy that names the host behind it.
    ({"Origin": "http://localhost:8000"}, "127.0.0.1:9000", True),
    ({"Sec-Fetch-Site": "none"}, "localhost:8000", True),
    ({"Origin": "https://evil.test"}, "localhost:8000", False),
    ({"Origin": "http://localhost:8001"}, "localhost:8000", False),
    ({"Origin": "http://127.0.0.1:8000"}, "192.168.1.5:8000", False),
    ({"Origin": "http://192.168.1.5:8000.evil.test"}, "192.168.1.5:8000", False),
    ({"Origin": "null"}, "localhost:8000", False),
    ({"Origin": ""}, "localhost:8000", False),
    ({"Origin": "ftp://192.168.1.5:8000"}, "192.168.1.5:8000", False),
    ({"Sec-Fetch-Site": "cross-site"}, "localhost:8000", False),
    ({"Sec-Fetch-Site": "same-site"}, "localhost:8000", False),
    ({"Origin": "http://localhost:8000", "Sec-Fetch-Site": "cross-site"}, "localhost:8000", False),
    ({"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}, "localhost:8000", False),
]


@pytest.mark.parametrize(("headers", "host", "is_own"), PAGES)
async def test_who_may_sign_in_may_renew_and_sign_out(
    headers: dict[str, str], host: str, is_own: bool, people: People
) -> None:
    owner, browser = await people.owner(), people.stranger()
    sent = {**headers, "Host": host}
    credentials = {"email": owner.email, "password": PASSWORD}
    signed_in = await browser.post("/api/auth/login", credentials, headers=sent)
    if not is_own:
        assert (signed_in.status_code, signed_in.json()["type"]) == (403, "auth/foreign-origin")
        assert signed_in.json()["detail"] == "Open http://localhost:8000 in your browser and sign in there."
        assert "set-cookie" not in signed_in.headers
        # Nor by a session that a page of ours began.
        assert (await browser.post("/api/auth/login", credentials)).status_code == 200
    for path, done in (("/api/auth/refresh", 200), ("/api/auth/logout", 204)):
        answer = await browser.post(path, headers=sent)
        assert answer.status_code == (done if is_own else 403), (path, answer.text)
    if not is_own:
        assert (await browser.post("/api/auth/refresh")).status_code == 200


@pytest.fixture
async def browser(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[Client]:
    """A browser of an installation with a public address and a front end elsewhere, served over TLS."""
    own = OwnOrigin("https://portal.example", trusted=["https://app.example"], is_secure=True)
    copied = ports.copy()
    copied.provide(OwnOrigin, own)
    copied.provide(SessionCookies, SessionCookies(own, is_secure=True))
    browser = Client(app := create_app(settings, factory=factory, ports=copied))
    browser.http.base_url = URL("https://portal.example")
    yield browser
    await app.state.http.limiter.close()
    await copied.get(Redis).aclose()


@pytest.mark.parametrize(
    ("origin", "site", "host", "status"),
    [
        ("https://portal.example", "same-origin", "portal.example", 200),
        ("https://portal.example", None, "10.0.0.7:8000", 200),
        ("https://second.example", None, "second.example", 200),
        # Whoever stands between may write any page under our name without TLS.
        ("http://portal.example", None, "portal.example", 403),
        # CORS_ALLOWED_ORIGINS names it.
        ("https://app.example", "cross-site", "portal.example", 200),
        ("https://other.example", "cross-site", "portal.example", 403),
    ],
)
async def test_an_installation_behind_a_proxy(
    origin: str, site: str | None, host: str, status: int, people: People, browser: Client
) -> None:
    owner = await people.owner()
    headers = {"Origin": origin, "Host": host, **({"Sec-Fetch-Site": site} if site else {})}
    answer = await browser.post("/api/auth/login", {"email": owner.email, "password": PASSWORD}, headers=headers)
    assert answer.status_code == status, answer.text
