"""A world for a whole module: the tables are emptied before the module, not before each test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport

from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.business import Business
from capecontrol.core.credentials import BearerCredentials
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.billing.stripe import StripeWebhooks
from capecontrol.features.workflows.ports import AutomationEngine
from tests.clean_tables import CleanTables
from tests.kept_ports import kept
from tests.key_store import KeyStore
from tests.moving_clock import MovingClock
from tests.people import People
from tests.plain_renderer import PlainRenderer
from tests.security.callers import Callers
from tests.security.fakes import WillingEngine
from tests.security.world import World
from tests.servers import empty_database

__all__ = ["empty_database"]


@pytest.fixture(scope="module")
def empty(clean_tables: CleanTables, clock: MovingClock) -> Callable[[], Awaitable[None]]:
    """Empties the tables: for tests that share a world but begin with nothing in it."""

    async def run() -> None:
        clock.reset()
        await clean_tables()

    return run


@pytest.fixture(scope="module")
async def fake_services(app: FastAPI, ports: Ports) -> AsyncIterator[None]:
    """Services that answer at once: the application's own local Stripe, a willing engine, a plain renderer."""
    gateway = StripeGateway(
        "sk_test_for_tests",
        "whsec_for_tests",
        api_base="http://localhost:8000/dev/stripe",
        transport=ASGITransport(app),
    )
    with kept(ports, Business, PaymentGateway, StripeWebhooks, PdfRenderer, AutomationEngine):
        ports.provide(PaymentGateway, gateway)
        ports.provide(StripeWebhooks, gateway)
        ports.provide(PdfRenderer, PlainRenderer())
        ports.provide(AutomationEngine, WillingEngine())
        yield
    await gateway.close()


@pytest.fixture(scope="module")
async def world(
    empty: Callable[[], Awaitable[None]],
    fake_services: None,
    app: FastAPI,
    factory: UnitOfWorkFactory,
    ports: Ports,
    owner_url: str,
) -> World:
    """The wanted organization, another one, and staff."""
    await empty()
    return await World.make(People(app, factory, ports), owner_url)


@pytest.fixture(scope="module")
def callers(world: World) -> Callers:
    return Callers(world)


@pytest.fixture(scope="module")
def store(ports: Ports) -> Iterator[KeyStore]:
    """A store of keys in the place of the one that knows none."""
    store = KeyStore()
    with kept(ports, BearerCredentials):
        ports.provide(BearerCredentials, store)
        yield store
