"""Real servers for tests: one PostgreSQL and one Valkey for the session, a database for each test that asks."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.main.local.postgres import EmbeddedPostgres
from capecontrol.main.local.services import embedded_postgres, embedded_valkey
from capecontrol.main.local.valkey import EmbeddedValkey


@pytest.fixture(scope="session")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of these tests' own: they kill it."""
    with embedded_postgres(Path(tmp_path_factory.mktemp("postgres")), durable=False) as server:
        yield server
        server.destroy()


@pytest.fixture(scope="session")
def own_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """A Valkey of these tests' own: they kill and flush it."""
    with embedded_valkey(Path(tmp_path_factory.mktemp("valkey"))) as server:
        yield server


@pytest.fixture
def empty_database(own_postgres: EmbeddedPostgres) -> Iterator[str]:
    """The URL of a database without a schema."""
    name = f"empty_{secrets.token_hex(6)}"
    own_postgres.run_sql(f'create database "{name}" owner capecontrol')
    yield own_postgres.app_dsn(name)
    own_postgres.run_sql(f'drop database "{name}" with (force)')
