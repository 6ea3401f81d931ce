"""Alembic's environment.

`capecontrol db …` hands a connection over: guarded, locked, with its timeouts set (main/database). The alembic
command itself is for writing migrations; it opens its own connection and may not change a schema.
"""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData
from sqlalchemy.pool import NullPool

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.core.db.enum_text import EnumText
from capecontrol.main.database.evidence import Evidence
from capecontrol.main.database.migration import SORTABLE_REVISION
from capecontrol.main.database.revision import MigrationRefused

CHANGING = {"upgrade", "downgrade", "stamp", "ensure_version"}


def metadata() -> MetaData:
    """Return the tables of all models, or those that a test hands over."""
    given = context.config.attributes.get("metadata")
    if isinstance(given, MetaData):
        return given
    from capecontrol.main.features import metadata as registered

    return registered


def name_by_date(_context: MigrationContext, revision: object, directives: list[MigrationScript]) -> None:
    """Give a new migration a sortable id: releases compare revisions that they have never seen.

    It is this minute, or the one after its predecessor's, where a clock that is ahead of this one named that.
    """
    parents = (revision,) if isinstance(revision, str) else revision if isinstance(revision, tuple) else ()
    last = max((datetime.strptime(name, SORTABLE_REVISION).replace(tzinfo=UTC) for name in parents), default=None)
    now = datetime.now(UTC)
    for script in directives:
        minute = now if last is None else max(now, last + timedelta(minutes=1))
        script.rev_id = minute.strftime(SORTABLE_REVISION)


def render_as_frozen(kind: str, value: object, _context: AutogenContext) -> str | bool:
    """Write a column of an enumeration as the text that it is: migrations know nothing of the product."""
    return "sa.Text()" if kind == "type" and isinstance(value, EnumText) else False


def run(connection: Connection) -> None:
    """Run what was asked for, each migration in its own transaction together with its evidence."""
    evidence = context.config.attributes.get("evidence")
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
        process_revision_directives=name_by_date,
        render_item=render_as_frozen,
        on_version_apply=evidence.write if isinstance(evidence, Evidence) else None,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """Serve the alembic command."""
    command = getattr(getattr(context.config.cmd_opts, "cmd", (None,))[0], "__name__", "")
    if command in CHANGING:
        raise MigrationRefused("The alembic command does not change a schema: run `capecontrol db migrate`.")
    engine = DatabaseAddress.parse(os.environ["DATABASE_URL"]).create_engine(poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


if context.is_offline_mode():
    raise MigrationRefused("Migrations look at the database as they run, so there is no SQL script to print.")
given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    run(given)
else:
    asyncio.run(run_alone())
