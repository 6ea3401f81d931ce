"""The schema that this release's migrations lead to, as SQL for a reader: ``docs/database/schema.sql``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.services import throwaway_postgres
from capecontrol.main.database.migration import Consent, Migrator

#: How the lines begin that differ by the server's version or set up a session.
PREAMBLE = ("--", "\\restrict", "\\unrestrict", "SET ", "SELECT pg_catalog.set_config")


def read_schema(server: EmbeddedPostgres, database: str) -> str:
    """Return a database's schema as statements, in an order that depends on nothing but the schema."""
    kept: list[str] = []
    for line in server.dump_schema(database).splitlines():
        if line.startswith(PREAMBLE) or (not line and (not kept or not kept[-1])):
            continue
        kept.append(line)
    return "\n".join(kept).strip() + "\n"


def migrated_schema() -> str:
    """Migrate an empty database of a server of its own, and return the schema that came of it."""
    with tempfile.TemporaryDirectory() as home, throwaway_postgres(Path(home)) as server:
        database = server.app_dsn()
        asyncio.run(Migrator(database).migrate(Consent(is_given=True, environment="local")))
        return read_schema(server, database.rsplit("/", 1)[1])


def main() -> None:
    """Write the schema to the file that the command line names."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(migrated_schema())


if __name__ == "__main__":
    main()
