"""What production serves: nothing of the local run, whatever is asked of it."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.wiring import build_ports
from capecontrol.main.api import create_app
from capecontrol.main.settings import Settings
from tests.plain_http import send
from tests.security.served import every_operation


@pytest.fixture
async def production(settings: Settings, factory: UnitOfWorkFactory) -> AsyncIterator[FastAPI]:
    """The application that production loads; what it asks outside does not matter here."""
    ports = build_ports(settings, factory)
    yield create_app(settings, factory=factory, ports=ports)
    await ports.get(Redis).aclose()


async def test_nothing_of_the_local_run_is_there(production: FastAPI, app: FastAPI) -> None:
    local = {one.path for one in every_operation(app).values()} - {
        one.path for one in every_operation(production).values()
    }
    assert "/api/dev/clock" in local
    for path in {*local, "/dev/stripe", "/dev/n8n", "/api/dev/nothing"}:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE"):
            answer = await send(production, method, path.replace("{", "").replace("}", ""))
            assert (answer.status_code, "allow" in answer.headers) == (404, False), f"{method} {path}"
