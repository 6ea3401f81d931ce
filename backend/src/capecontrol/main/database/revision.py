"""The revision that a database is on, and whether this release runs on it."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.main.release import COMPATIBLE_REVISIONS

#: The record that migrations leave for releases before them (ADR 0019): a comment, since that needs no table of its
#: own, can be read by every login, and travels with a dump.
READ_OLDEST_CODE = "select obj_description(to_regclass('alembic_version'), 'pg_class')"


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


def oldest_code(connection: Connection) -> str | None:
    """Return the newest revision that the oldest code which still runs on this schema was made for.

    None where no migration left a record.
    """
    found: str | None = connection.execute(text(READ_OLDEST_CODE)).scalar_one()
    return found


def is_runnable(current: str, oldest: str | None, compatible: tuple[str, str]) -> bool:
    """Tell whether a release runs on a schema.

    Args:
        current: the schema's revision.
        oldest: what its migrations recorded (``oldest_code``): it decides when the schema is newer than the release,
            which cannot know what a later migration changed.
        compatible: the oldest and the newest revision that the release knows itself to run on.
    """
    if current > compatible[1]:
        return oldest is not None and oldest <= compatible[1]
    return compatible[0] <= current


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
    if not is_runnable(current, await connection.run_sync(oldest_code), compatible):
        raise MigrationRefused(
            f"The database is on revision {current} and this release runs on {newest} at most: start a newer release, "
            f"or go back with its `ALLOW_MIGRATIONS=1 capecontrol db migrate --to {newest}`."
        )
