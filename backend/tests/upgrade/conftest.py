"""Each recorded installation is restored and migrated once; each test gets a copy of its own."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from capecontrol.local.postgres import EmbeddedPostgres
from tests.upgrade.installation import INSTALLATIONS, Installation, Upgraded, start


@pytest.fixture(scope="session", params=INSTALLATIONS, ids=str)
def installation(request: pytest.FixtureRequest) -> Installation:
    """An installation that an older release left."""
    found: Installation = request.param
    return found


@pytest.fixture(scope="session")
async def migrated(postgres: EmbeddedPostgres, installation: Installation) -> str:
    """The name of a database with the installation, on today's schema."""
    name = f"upgraded_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    await installation.restore(postgres, name)
    return name


@pytest.fixture
async def upgraded(
    postgres: EmbeddedPostgres, installation: Installation, migrated: str, valkey_url: str, tmp_path: Path
) -> AsyncIterator[Upgraded]:
    """The installation, running under today's code."""
    name = f"upgraded_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" template "{migrated}" owner capecontrol')
    running = start(installation, postgres.app_dsn(name), valkey_url, tmp_path)
    yield running
    await running.ports.get(Redis).aclose()
    await running.factory.database.close()
    postgres.run_sql(f'drop database "{name}" with (force)')
