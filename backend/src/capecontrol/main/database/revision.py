"""The revision that a database is on, and whether this release runs on it."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.main.release import COMPATIBLE_REVISIONS


class MigrationRefused(Exception):
    """Carries one sentence that says what is missing and which command helps."""


def current_revision(connection: Connection) -> str | None:
    """Return the revision that a database is on, or None when it was never migrated.

    Raises:
        MigrationRefused: it is on several at once.
    """
    heads = MigrationContext.configure(connection).get_current_heads()
    if len(heads) > 1:
        raise MigrationRefused(f"The database is on several revisions at once: {', '.join(heads)}.")
    return heads[0] if heads else None


async def check_revision(connection: AsyncConnection, compatible: tuple[str, str] = COMPATIBLE_REVISIONS) -> None:
    """Refuse a database whose schema this release does not run on. Every process calls it as it starts.

    Raises:
        MigrationRefused: one sentence, with the command that helps.
    """
    current = await connection.run_sync(current_revision)
    oldest, newest = compatible
    if current is None:
        raise MigrationRefused(
            "The database has no schema yet: run `ALLOW_MIGRATIONS=1 capecontrol db migrate`, then start again."
        )
    if current < oldest:
        raise MigrationRefused(
            f"The database is on revision {current} and this release needs {oldest} or later: "
            "run `ALLOW_MIGRATIONS=1 capecontrol db migrate`, then start again."
        )
    if current > newest:
        raise MigrationRefused(
            f"The database is on revision {current} and this release runs on {newest} at most: start a newer release, "
            f"or go back with its `ALLOW_MIGRATIONS=1 capecontrol db migrate --to {newest}`."
        )
