"""Fixtures for all tests: real servers, a database that is clean for each test, the application, and people in it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from fastapi import FastAPI
from redis.asyncio import Redis

from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.services import embedded_valkey, throwaway_postgres
from capecontrol.local.wiring import build_ports
from capecontrol.main.database.migration import Migrator
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Environment, Settings
from capecontrol.main.wiring import build_factory
from tests.clean_tables import CleanTables
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People
from tests.plain_renderer import PlainRenderer
from tests.servers import MIGRATING

configure_logging("WARNING")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seed of the order, which ``-q`` leaves out at the beginning."""
    seed = terminalreporter.config.getoption("randomly_seed", None)
    if seed is not None:
        terminalreporter.write_line(f"random order: --randomly-seed={seed} repeats it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a module whose tests share a world if one of them begins by emptying the tables under the others."""
    functions = [item for item in items if isinstance(item, pytest.Function)]
    sharing = {item.module for item in functions if "empty" in item.fixturenames}
    mixed = [item.nodeid for item in functions if item.module in sharing and "clean" in item.fixturenames]
    if mixed:
        raise pytest.UsageError("these empty the tables of the world their module shares: " + ", ".join(mixed))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """The cluster of this test process."""
    with throwaway_postgres(Path(tmp_path_factory.mktemp("cluster"))) as server:
        yield server


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Valkey of this test process."""
    with embedded_valkey(Path(tmp_path_factory.mktemp("valkey"))) as server:
        yield server.url


@pytest.fixture(scope="session")
async def database_url(postgres: EmbeddedPostgres) -> str:
    """The URL of the application's database, with the schema in place, for the login that the platform runs as."""
    await Migrator(postgres.owner_dsn()).migrate(MIGRATING)
    return postgres.app_dsn()


@pytest.fixture(scope="session")
def owner_url(postgres: EmbeddedPostgres, database_url: str) -> str:
    """The URL of the same database, for the login that owns its schema."""
    del database_url
    return postgres.owner_dsn()


@pytest.fixture(scope="session")
def settings(database_url: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the test environment; bcrypt is cheap here and limits are off (their own tests turn them on)."""
    return Settings(
        capecontrol_env=Environment.TEST,
        capecontrol_home=tmp_path_factory.mktemp("home"),
        public_url="http://localhost:8000",
        secret_key="only-for-tests-" + "x" * 32,
        encryption_keys=Fernet.generate_key().decode(),
        database_url=database_url,
        redis_url=valkey_url,
        bcrypt_rounds=4,
        rate_limits=False,
        # A stream ends when it has told what there is; tests of streams have applications of their own.
        live_seconds=0,
        stripe_secret_key="sk_test_for_tests",
        stripe_webhook_secret="whsec_for_tests",
        stripe_api_base="http://127.0.0.1:8000/dev/stripe",
        n8n_local_api_key="n8n-for-tests",
    )


@pytest.fixture(scope="session")
def clock() -> MovingClock:
    """The clock of the tests."""
    return MovingClock()


@pytest.fixture(autouse=True)
def clock_set_right(clock: MovingClock) -> Iterator[None]:
    """No test hands a moved clock on, also one that shares its module's world."""
    yield
    clock.reset()


@pytest.fixture(scope="session")
async def factory(settings: Settings, clock: MovingClock) -> AsyncIterator[UnitOfWorkFactory]:
    """What units of work share, with the tests' clock."""
    built = build_factory(settings, clock=clock)
    yield built
    await built.database.close()


@pytest.fixture(scope="session")
def ports(settings: Settings, factory: UnitOfWorkFactory) -> Ports:
    """The wired ports of the test environment, with the local stand-ins.

    Documents are their HTML: whoever reads paper provides the real renderer.
    """
    built = build_ports(settings, factory)
    built.provide(PdfRenderer, PlainRenderer())
    return built


@pytest.fixture(scope="session")
async def app(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> AsyncIterator[FastAPI]:
    """The application."""
    yield create_app(settings, factory=factory, ports=ports)
    await ports.get(Redis).aclose()


@pytest.fixture(scope="session")
async def clean_tables(postgres: EmbeddedPostgres, database_url: str) -> AsyncIterator[CleanTables]:
    """Empties the tables of the application's database."""
    del database_url
    tables = CleanTables(postgres)
    yield tables
    await tables.engine.dispose()


@pytest.fixture
async def clean(clean_tables: CleanTables, clock: MovingClock) -> None:
    """Empty tables before the test, and the clock where it belongs."""
    clock.reset()
    await clean_tables()


@pytest.fixture
def people(clean: None, app: FastAPI, factory: UnitOfWorkFactory, ports: Ports) -> People:
    """Organizations, people, and HTTP clients that are signed in as them."""
    return People(app, factory, ports)


@pytest.fixture
def drain(clean: None, factory: UnitOfWorkFactory, ports: Ports) -> Drain:
    """Delivers what the outbox holds, as relay and worker would."""
    return Drain(factory, event_registry(), ports)
