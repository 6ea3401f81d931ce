"""Real servers for tests that maltreat them: a Valkey to kill and flush, a database without a schema."""

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.services import embedded_valkey
from capecontrol.local.valkey import EmbeddedValkey
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import Migrator
from tests.stage import Stage

#: Tests migrate their own databases.
MIGRATING = Consent(is_given=True, environment="test")


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    """A Valkey of the test's own: it kills and flushes it."""
    with embedded_valkey(tmp_path / "valkey") as server:
        yield server


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The URL of a database without a schema, for the login that owns it."""
    name = f"empty_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    yield postgres.owner_dsn(name)
    postgres.run_sql(f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
async def outbox_template(postgres: EmbeddedPostgres) -> str:
    """The name of a database with the product's schema and the table of effects, to be copied."""
    name = f"template_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    await Migrator(postgres.owner_dsn(name)).migrate(MIGRATING)
    engine = create_async_engine(postgres.owner_dsn(name))
    async with engine.begin() as connection:
        await connection.exec_driver_sql("create table effects (order_id uuid not null)")
        await connection.exec_driver_sql("grant select, insert on effects to capecontrol_system")
    await engine.dispose()
    return name


@pytest.fixture
async def stage(postgres: EmbeddedPostgres, outbox_template: str) -> AsyncIterator[Stage]:
    """A database of the test's own."""
    name = f"outbox_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" template "{outbox_template}" owner capecontrol')
    stage = Stage(postgres.app_dsn(name), owner_url=postgres.owner_dsn(name))
    yield stage
    await stage.factory.database.close()
    postgres.run_sql(f'drop database "{name}" with (force)')
