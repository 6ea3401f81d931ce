"""A world for a whole module: the tables are emptied before the module, not before each test."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from fastapi import FastAPI
from httpx import ASGITransport
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.workflows.ports import AutomationEngine
from capecontrol.local.postgres import EmbeddedPostgres
from tests.moving_clock import MovingClock
from tests.people import People
from tests.security.callers import Callers
from tests.security.outside import PlainRenderer, WillingEngine
from tests.security.world import World
from tests.servers import empty_database

__all__ = ["empty_database"]


@pytest.fixture(scope="module")
def empty(postgres: EmbeddedPostgres, _cleaner: str, clock: MovingClock) -> Callable[[], Awaitable[None]]:
    """What empties the tables, and puts the clock where it belongs."""

    async def act() -> None:
        clock.reset()
        engine = create_async_engine(postgres.superuser_dsn.rsplit("/", 1)[0] + "/capecontrol")
        async with engine.begin() as connection:
            await connection.execute(text("set session_replication_role = replica"))
            await connection.execute(text(_cleaner))
        await engine.dispose()

    return act


@pytest.fixture(scope="module")
async def outside(app: FastAPI, ports: Ports) -> AsyncIterator[None]:
    """An outside that answers at once: the application's own local Stripe, a willing engine, a plain renderer."""
    replaced = (PaymentGateway, PdfRenderer, AutomationEngine)
    before = {port: ports.get(port) for port in replaced}
    gateway = StripeGateway(
        "sk_test_for_tests",
        "whsec_for_tests",
        api_base="http://localhost:8000/dev/stripe",
        transport=ASGITransport(app),
    )
    ports.provide(PaymentGateway, gateway)
    ports.provide(PdfRenderer, PlainRenderer())
    ports.provide(AutomationEngine, WillingEngine())
    yield
    for port, implementation in before.items():
        ports.provide(port, implementation)
    await gateway.close()


@pytest.fixture(scope="module")
async def world(
    empty: Callable[[], Awaitable[None]], outside: None, app: FastAPI, factory: UnitOfWorkFactory, ports: Ports
) -> World:
    """The wanted organization, another one, and staff."""
    await empty()
    return await World.make(People(app, factory, ports))


@pytest.fixture(scope="module")
def callers(world: World) -> Callers:
    return Callers(world)
