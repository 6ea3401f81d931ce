"""`make migration NAME="add notes"`: writes the migration that leads from the committed ones to the changed models."""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from capecontrol.local.services import throwaway_postgres
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import Migrator, scripts_folder


def write_migration(name: str, folder: Path) -> int:
    """Compare the models with a migrated database of a server of its own; return Alembic's exit code.

    Args:
        name: what the migration does, in a few words.
        folder: where `alembic.ini` and `migrations/` lie.
    """
    with tempfile.TemporaryDirectory() as home, throwaway_postgres(Path(home)) as server:
        database = server.owner_dsn()
        asyncio.run(
            Migrator(database, scripts=folder / "migrations").migrate(Consent(is_given=True, environment="local"))
        )
        command = [sys.executable, "-m", "alembic", "revision", "--autogenerate", "-m", name]
        given = {**os.environ, "DATABASE_URL": database}
        return subprocess.run(command, cwd=folder, env=given, check=False).returncode


def main() -> int:
    """Write the migration that the command line names."""
    name = " ".join(sys.argv[1:]).strip()
    if not name:
        sys.exit('Say what it does: `make migration NAME="add notes"`.')
    return write_migration(name, scripts_folder().parent)


if __name__ == "__main__":
    sys.exit(main())
