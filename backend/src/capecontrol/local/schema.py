"""The schema that this release's migrations lead to, as SQL for a reader: ``docs/database/schema.sql``."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.services import throwaway_postgres
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import Migrator

#: How `pg_dump` announces each thing: `-- Name: projects fk_projects_org_id; Type: FK CONSTRAINT; Schema: public; …`.
ANNOUNCEMENT = re.compile(r"^--\n-- Name: [^;\n]*; Type: (?P<kind>[^;\n]*); .*\n--\n", re.MULTILINE)
#: The table that a statement is about.
TABLE = re.compile(r"(?:TABLE(?: ONLY)?|INDEX \S+ ON(?: ONLY)?|POLICY \S+ ON|TRIGGER .+ ON) public\.(\w+)")
#: What needs other tables to be there, and so comes after all of them.
LATE = ("FK CONSTRAINT", "TABLE ATTACH", "INDEX ATTACH")
#: What `pg_dump` does to its own session, also between statements.
SESSION = re.compile(r"^(?:SET .*|SELECT pg_catalog\.set_config.*|\\(?:un)?restrict .*|--.*)\n", re.MULTILINE)


def read_schema(server: EmbeddedPostgres, database: str) -> str:
    """Return a database's schema as statements that can be run, each table's together.

    The order depends on nothing but the schema: functions, tables by their names, foreign keys.
    """
    parts = ANNOUNCEMENT.split(server.dump_schema(database) + "\n")
    first: list[str] = []
    tables: dict[str, list[str]] = {}
    last: list[str] = []
    for kind, text in zip(parts[1::2], parts[2::2], strict=True):
        statement = re.sub(r"\n{2,}", "\n", SESSION.sub("", text)).strip()
        about = None if kind == "FUNCTION" else TABLE.search(statement)
        if kind in LATE:
            last.append(statement)
        elif about is None:
            first.append(statement)
        else:
            tables.setdefault(about[1], []).append(statement)
    return "\n\n".join([*first, *("\n".join(tables[name]) for name in sorted(tables)), *last]) + "\n"


def migrated_schema() -> str:
    """Migrate an empty database of a server of its own, and return the schema that came of it."""
    with tempfile.TemporaryDirectory() as home, throwaway_postgres(Path(home)) as server:
        database = server.owner_dsn()
        done = asyncio.run(Migrator(database).migrate(Consent(is_given=True, environment="local")))
        schema = read_schema(server, database.rsplit("/", 1)[1])
    return f"-- `make generate` wrote this. The schema as the migrations make it, on revision {done.after}.\n\n{schema}"


def main() -> None:
    """Write the schema to the file that the command line names."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(migrated_schema())


if __name__ == "__main__":
    main()
