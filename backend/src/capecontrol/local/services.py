"""The embedded servers as context managers, for tests and commands that need them for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.valkey import EmbeddedValkey


@contextmanager
def embedded_postgres(home: Path, *, durable: bool = True) -> Iterator[EmbeddedPostgres]:
    """Run a PostgreSQL with its logins for the length of the block; its data stays."""
    server = EmbeddedPostgres(home, durable=durable)
    try:
        server.start()
        server.create_logins()
        yield server
    finally:
        server.stop()


@contextmanager
def throwaway_postgres(home: Path) -> Iterator[EmbeddedPostgres]:
    """Run a fast, forgetful PostgreSQL for the length of the block and remove its data, wherever that lives."""
    server = EmbeddedPostgres(home, durable=False)
    try:
        server.start()
        server.create_logins()
        yield server
    finally:
        server.destroy()


@contextmanager
def embedded_valkey(home: Path) -> Iterator[EmbeddedValkey]:
    """Run a Valkey in `home` for the length of the block; its data stays."""
    server = EmbeddedValkey(home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
