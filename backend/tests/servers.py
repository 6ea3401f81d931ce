"""Real servers for tests that maltreat them: a Valkey to kill and flush, a database without a schema."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.main.local.postgres import EmbeddedPostgres
from capecontrol.main.local.services import embedded_valkey
from capecontrol.main.local.valkey import EmbeddedValkey


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    """A Valkey of the test's own: it kills and flushes it."""
    with embedded_valkey(tmp_path / "valkey") as server:
        yield server


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The URL of a database without a schema."""
    name = f"empty_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    yield postgres.app_dsn(name)
    postgres.run_sql(f'drop database "{name}" with (force)')
