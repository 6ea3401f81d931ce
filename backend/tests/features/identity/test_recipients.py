"""Mails that anybody may ask for: so many to one address, whoever asks and whether it is known or not."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx import Response
from redis.asyncio import Redis
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.ports import Ports
from capecontrol.core.rate import Rate
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import rates_of
from tests.client import Client
from tests.people import SYSTEM, People
from tests.security.second_app import second_app

RESEND = "/api/auth/resend-verification"


@pytest.fixture
async def limited(settings: Settings, factory: UnitOfWorkFactory, ports: Ports, clean: None) -> AsyncIterator[FastAPI]:
    """The product, with the limits of an installation; one address may have three mails here."""
    own = settings.model_copy(update={"rate_limits": True, "limit_recipients": Rate(0.001, 3)})
    async with second_app(own, factory, ports) as app:
        limiter = RateLimiter(ports.get(Redis), rates=rates_of(own), deadline_seconds=60)
        app.state.http = replace(app.state.http, limiter=limiter)
        yield app


async def _ask(app: FastAPI, path: str, body: dict[str, str]) -> Response:
    """Ask from a network that nobody else is in."""
    address = f"198.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}.7"
    return await Client(app, address=address).post(path, body)


async def _mails(factory: UnitOfWorkFactory) -> int:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(text("select count(*) from outbox where topic like '%mail%'"))
        return found.scalar_one()


async def test_registering_and_asking_again_share_what_one_address_may_have(
    limited: FastAPI, factory: UnitOfWorkFactory
) -> None:
    email = f"{uuid.uuid4().hex}@people.test"
    account = {"email": email, "password": "Lighthouse-7", "organization_name": f"Fresh {uuid.uuid4().hex[:8]}"}
    seen = [(await _ask(limited, "/api/auth/register", account)).status_code]
    seen += [(await _ask(limited, RESEND, {"email": spelt})).status_code for spelt in (email, email.upper(), email)]
    assert seen == [201, 202, 202, 429]
    assert await _mails(factory) == 3
    assert (await _ask(limited, "/api/auth/register", account)).status_code == 429


async def test_known_and_unknown_addresses_are_refused_alike(limited: FastAPI, people: People) -> None:
    owner = await people.owner()
    told = []
    for email in (owner.email, f"{uuid.uuid4().hex}@people.test"):
        answers = [await _ask(limited, RESEND, {"email": email}) for _ in range(4)]
        assert [one.status_code for one in answers] == [202, 202, 202, 429]
        told.append(({**answers[-1].json(), "instance": ""}, sorted(answers[-1].headers)))
    assert told[0][0]["type"] == "rate-limited"
    assert told[0] == told[1]
