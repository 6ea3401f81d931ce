"""The limits of every route: of people, keys, organizations and strangers; what each answer tells of them."""

import json
import re
import sys
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from redis.asyncio import Redis

from capecontrol.core.http.limits import STRANGERS, Limit, RateLimiter
from capecontrol.core.http.limits.limit import NETWORK_TIMES
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.rate import Rate
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.identity.routes import CREDENTIALS, SESSION_RENEWALS
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import rates_of
from tests.client import Client
from tests.people import PASSWORD
from tests.plain_http import send
from tests.security.second_app import second_app
from tests.security.world import World

#: Three and no more, for as long as a test takes.
FEW = Rate(0.001, 3)
RATES = {
    "limit_strangers": FEW,
    "limit_people": FEW,
    "limit_organizations": Rate(0.001, 5),
    "limit_session_renewals": FEW,
}


def _address() -> str:
    """Return one of a network that nobody else is in: networks are counted, too."""
    return f"198.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.7"


@pytest.fixture
async def strict(settings: Settings, factory: UnitOfWorkFactory, ports: Ports, world: World) -> AsyncIterator[FastAPI]:
    """The product, with limits that are soon reached."""
    del world
    own = settings.model_copy(update={"rate_limits": True, **RATES})
    async with second_app(own, factory, ports) as app:
        # Waits for Redis however busy the machine is: its own count would be a stricter one.
        limiter = RateLimiter(ports.get(Redis), rates=rates_of(own), deadline_seconds=60)
        app.state.http = replace(app.state.http, limiter=limiter)
        yield app


async def _get(app: FastAPI, path: str, token: str | None = None, address: str | None = None) -> Response:
    return await send(app, "GET", path, key=token, address=address or _address())


async def _statuses(app: FastAPI, path: str, token: str | None, address: str, times: int) -> list[int]:
    return [(await _get(app, path, token, address)).status_code for _ in range(times)]


async def test_a_person_is_counted_on_every_route(strict: FastAPI, world: World) -> None:
    person = await world.people.person(Role.OPERATOR)
    paths = ("/api/auth/me", "/api/projects", "/api/dashboard", "/api/auth/me")
    seen = [(await _get(strict, path, person.client.token)).status_code for path in paths]
    assert seen == [200, 200, 200, 429]


async def test_an_organization_is_counted_for_all_of_its_people(strict: FastAPI, world: World) -> None:
    org_id = await world.people.organization(f"Counted {uuid.uuid4().hex[:8]}")
    people = [await world.people.person(Role.OWNER, org_id) for _ in range(2)]
    seen = [await _statuses(strict, "/api/auth/me", one.client.token, _address(), 3) for one in people]
    assert seen == [[200] * 3, [200, 200, 429]]


async def test_who_is_signed_in_shares_no_limit_with_their_address(strict: FastAPI, world: World) -> None:
    address = _address()
    assert await _statuses(strict, "/api/version", None, address, 4) == [200, 200, 200, 429]
    person = await world.people.person(Role.OPERATOR)
    assert await _statuses(strict, "/api/auth/me", person.client.token, address, 3) == [200] * 3


@pytest.mark.parametrize(
    ("inside", "outside"), [("2001:db8:{}:{:x}::1", "2001:db9::1"), ("198.{}.{}", "192.0.2.1")], ids=["/48", "/24"]
)
async def test_a_network_has_a_limit_however_many_addresses_it_has(strict: FastAPI, inside: str, outside: str) -> None:
    """One subscriber of IPv6 may have a /48, and 65,536 prefixes in it.

    The networks are this test's own: at so slow a rate a bucket stays full for whoever asks from there later.
    """
    site = f"{uuid.uuid4().int % 0xFFFF:x}" if ":" in inside else f"{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"
    burst = FEW.burst * NETWORK_TIMES
    seen = [
        (await _get(strict, "/api/version", address=inside.format(site, number))).status_code
        for number in range(burst + 1)
    ]
    assert seen == [200] * burst + [429]
    assert (await _get(strict, "/api/version", address=outside)).status_code == 200


async def test_who_shows_what_does_not_hold_is_a_stranger(strict: FastAPI) -> None:
    address = _address()
    assert await _statuses(strict, "/api/auth/me", "garbage", address, 2) == [401, 401]
    assert await _statuses(strict, "/api/auth/me", None, address, 1) == [401]
    assert await _statuses(strict, "/api/auth/me", "garbage", address, 2) == [429, 429]
    assert await _statuses(strict, "/v1/whoami", "ab.cdefghijklmnopqrstuvwx", address, 1) == [429]


async def test_whose_session_ended_is_a_stranger(strict: FastAPI, world: World) -> None:
    """The signature of the token holds still; that nobody is behind it, the database tells."""
    address, owner = _address(), await world.member(Role.OWNER)
    assert (await owner.client.post("/api/auth/logout")).is_success
    assert await _statuses(strict, "/api/auth/me", owner.client.token, address, 4) == [401, 401, 401, 429]


async def test_whether_the_process_lives_is_told_however_often_it_is_asked(strict: FastAPI) -> None:
    """A container whose check is refused is restarted."""
    address = _address()
    assert await _statuses(strict, "/api/version", None, address, 4) == [200, 200, 200, 429]
    assert await _statuses(strict, "/api/health", None, address, 5) == [200] * 5


async def test_a_stranger_is_counted_once_a_request(strict: FastAPI) -> None:
    """Also where the route itself says 401."""
    client = Client(strict, address=_address())
    await client.csrf()
    answers = [await client.post("/api/auth/refresh", {"refresh_token": "x" * 40}) for _ in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]


async def test_a_session_is_renewed_so_often_and_no_more(strict: FastAPI, world: World) -> None:
    """Wherever it is renewed from; others renew theirs."""
    owner = await world.people.owner()
    body = {"email": owner.email, "password": PASSWORD}
    for expected in ([200, 200, 200, 429], [200, 200, 200, 429]):
        token, seen = (await _sign_in(strict, body))["refresh_token"], []
        for _ in range(4):
            client = Client(strict, address=_address())
            answer = await client.post("/api/auth/refresh", {"refresh_token": token})
            seen.append(answer.status_code)
            token = answer.json().get("refresh_token", token)
        assert seen == expected
        # Nothing was used up: it is good when its time has come.
        assert answer.headers["ratelimit-policy"].startswith('"session-renewals"')


async def _sign_in(app: FastAPI, body: dict[str, str]) -> dict[str, Any]:
    answer = await Client(app, address=_address()).post("/api/auth/login", body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


POLICY = re.compile(r'"(?P<name>[a-z-]+)";q=(?P<quota>\d+);w=\d+')
STANDING = re.compile(r'"(?P<name>[a-z-]+)";r=(?P<remaining>\d+);t=(?P<seconds>\d+)')


async def test_every_answer_tells_of_the_limit_of_which_least_is_left(strict: FastAPI, world: World) -> None:
    org_id = await world.people.organization(f"Told {uuid.uuid4().hex[:8]}")
    people = [await world.people.person(Role.OWNER, org_id) for _ in range(3)]
    seen = []
    for person in (people[0], people[0], people[1], people[1], people[2]):
        answer = await _get(strict, "/api/auth/me", person.client.token)
        policy = POLICY.fullmatch(answer.headers["ratelimit-policy"])
        standing = STANDING.fullmatch(answer.headers["ratelimit"])
        assert policy is not None
        assert standing is not None
        assert policy["name"] == standing["name"]
        seen.append((standing["name"], int(policy["quota"]), int(standing["remaining"])))
    assert seen == [
        ("people", 3, 2),
        ("people", 3, 1),
        ("organizations", 5, 2),
        ("organizations", 5, 1),
        ("organizations", 5, 0),
    ]


@pytest.mark.parametrize(
    ("path", "status"), [("/api/version", 200), ("/api/auth/me", 401), ("/v1/whoami", 401), ("/api/auth/discover", 422)]
)
async def test_refusals_tell_of_it_too(path: str, status: int, strict: FastAPI) -> None:
    answer = await _get(strict, path)
    assert (answer.status_code, STANDING.fullmatch(answer.headers["ratelimit"]) is not None) == (status, True)


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("DELETE", "/api/version", "strangers"),
        ("GET", "/api/nothing", "pages"),
        ("GET", "/assets/nothing.js", "pages"),
        ("GET", "/projects", "pages"),
    ],
)
async def test_what_no_operation_answers_is_counted_too(method: str, path: str, limit: str, strict: FastAPI) -> None:
    answer = await send(strict, method, path, address=_address())
    assert answer.headers["ratelimit"].startswith(f'"{limit}"')


async def test_a_method_that_is_not_offered_is_refused_when_it_was_asked_too_often(strict: FastAPI) -> None:
    address = _address()
    seen = [(await send(strict, "DELETE", "/api/version", address=address)).status_code for _ in range(4)]
    assert seen == [405, 405, 405, 429]


async def test_a_refused_one_tells_when_to_come_back(strict: FastAPI) -> None:
    address = _address()
    await _statuses(strict, "/api/version", None, address, 3)
    refused = await _get(strict, "/api/version", None, address)
    standing = STANDING.fullmatch(refused.headers["ratelimit"])
    assert standing is not None
    assert (refused.status_code, standing["name"], standing["remaining"]) == (429, "strangers", "0")
    assert standing["seconds"] == refused.headers["retry-after"]


async def test_where_nothing_is_counted_nothing_is_told(app: FastAPI) -> None:
    answer = await _get(app, "/api/version")
    assert answer.status_code == 200
    assert not {"ratelimit", "ratelimit-policy"} & set(answer.headers)


def test_every_declared_limit_has_a_setting_that_begins_with_its_own_rate(app: FastAPI, settings: Settings) -> None:
    del app  # With it all that declares a limit is loaded.
    modules = [module for name, module in sys.modules.items() if name.startswith("capecontrol.")]
    declared = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Limit)}
    rates = {limit.name: Rate(limit.per_second, limit.burst) for limit in declared.values()}
    assert {STRANGERS.name, CREDENTIALS.name, SESSION_RENEWALS.name} <= rates.keys()
    assert rates == rates_of(settings)


def test_the_description_tells_of_the_headers_once(app: FastAPI) -> None:
    document = app.openapi()
    assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= set(document["components"]["headers"])
    assert json.dumps(document).count("ietf-httpapi-ratelimit") == 1
