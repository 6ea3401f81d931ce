"""How far an embedded database has come, so that a start leaves out what has been done.

Starting the platform's Python for nothing costs seconds; asking the database costs milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.postgres_logins import APP_DATABASE

ASK = r"""
SELECT to_regclass('alembic_version') IS NOT NULL AS is_migrated \gset
SELECT 'note=' || shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database();
\if :is_migrated
SELECT 'revision=' || version_num FROM alembic_version;
\endif
"""
NOTE_SEEDED = r"""
SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), :'note') \gexec
"""


@dataclass(frozen=True)
class Progress:
    """The revision of the schema, and the one that the demonstration's data was last made for; empty for neither."""

    revision: str
    seeded_revision: str

    @classmethod
    def of(cls, server: EmbeddedPostgres) -> Progress:
        """Ask a running server."""
        answer = server.run_sql(ASK, database=APP_DATABASE)
        said = dict(line.partition("=")[::2] for line in answer.splitlines() if "=" in line)
        return cls(said.get("revision", ""), said.get("note", "").removeprefix("seeded for "))


def note_seeded(server: EmbeddedPostgres, revision: str) -> None:
    """Write on the database for which revision it was seeded; a database made afresh has no such note."""
    server.run_sql(NOTE_SEEDED, database=APP_DATABASE, note=f"seeded for {revision}")
