"""This release's own migrations: they go up, down and up, lead to exactly the models, and never change afterwards."""

import itertools
import shutil
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, Uuid, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.db.base import Base
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.schema import read_schema
from capecontrol.main.database.migration import Migrator, scripts_folder
from capecontrol.main.release import COMPATIBLE_REVISIONS
from tests.servers import MIGRATING

#: What each released revision made, as it was released. Nobody edits these files.
RELEASED = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "schemas").glob("*.sql"))}


async def test_goes_up_down_and_up_and_leads_to_the_models(empty_database: str) -> None:
    migrator = Migrator(empty_database)
    up = await migrator.migrate(MIGRATING)
    assert await migrator.differences() is None
    assert (await migrator.migrate(MIGRATING, to="base")).after is None
    assert (await migrator.migrate(MIGRATING)).after == up.after
    assert await migrator.differences() is None
    assert (await migrator.status()).is_compatible


async def test_revisions_sort_by_their_ids_and_the_newest_is_what_the_release_declares(empty_database: str) -> None:
    pending = (await Migrator(empty_database).status()).pending
    assert all(earlier < later for earlier, later in itertools.pairwise(pending))
    assert pending[-1] == COMPATIBLE_REVISIONS[1]
    assert COMPATIBLE_REVISIONS[0] in pending


def test_every_migration_says_which_code_still_runs_after_it() -> None:
    """Else a rollback finds out. The record began with 0840."""
    config = Config()
    config.set_main_option("script_location", str(scripts_folder()))
    config.set_main_option("path_separator", "os")
    scripts = {script.revision: script.module for script in ScriptDirectory.from_config(config).walk_revisions()}
    said = {name: getattr(module, "oldest_code", None) for name, module in scripts.items() if name > "20261121_0820"}
    assert {name: oldest for name, oldest in said.items() if oldest not in scripts or oldest > name} == {}


@pytest.mark.parametrize("revision", RELEASED)
async def test_a_released_revision_makes_what_it_made(
    revision: str, postgres: EmbeddedPostgres, empty_database: str
) -> None:
    await Migrator(empty_database).migrate(MIGRATING, to=revision)
    assert read_schema(postgres, empty_database.rsplit("/", 1)[1]) == RELEASED[revision]


def models_and_things() -> MetaData:
    """Return the tables of all models, and one that no migration makes yet."""
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)
    Table("things", metadata, Column("id", Uuid, primary_key=True), Column("org_id", Uuid, nullable=False))
    return metadata


async def test_a_new_migration_carries_what_protects_a_new_table(empty_database: str, tmp_path: Path) -> None:
    """As CONTRIBUTING says: generate it, add ``protect(…)``, migrate."""
    scripts = tmp_path / "migrations"
    shutil.copytree(scripts_folder(), scripts)
    existing = set(scripts.glob("versions/*.py"))
    migrator = Migrator(empty_database, scripts=scripts, metadata=models_and_things())
    await migrator.migrate(MIGRATING)

    def generate(connection: Connection) -> None:
        config = Config(attributes={"connection": connection, "metadata": models_and_things()})
        config.set_main_option("script_location", str(scripts))
        config.set_main_option("path_separator", "os")
        command.revision(config, "things", autogenerate=True)

    engine = create_async_engine(empty_database, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(generate)
    (new,) = set(scripts.glob("versions/*.py")) - existing
    going_up, going_down = new.read_text().split("\n\n\ndef downgrade")
    new.write_text(
        f'{going_up}\n    protect("things", owner="org_id", runtime="select", system="select insert")'
        f"\n\n\ndef downgrade{going_down}"
    )
    await migrator.migrate(MIGRATING)

    async with engine.connect() as connection:
        policies = await connection.execute(
            text("select policyname, qual from pg_policies where tablename = 'things' order by 1")
        )
        found = [(row.policyname, " ".join(row.qual.split())) for row in policies]
        await connection.execute(text("select set_config('role', 'capecontrol_runtime', true)"))
        seen = await connection.execute(text("select * from things"))
        assert seen.all() == []
    await engine.dispose()
    taken_on = "(( SELECT 1 WHERE (CURRENT_USER = 'capecontrol_{}'::name)) IS NOT NULL)"
    own = "(org_id = ( SELECT app.current_org() AS current_org))"
    assert found == [
        ("runtime", own),
        ("scope", f"({taken_on.format('system')} OR ({taken_on.format('runtime')} AND {own}))"),
        ("system", "true"),
    ]
