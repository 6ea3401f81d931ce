"""Migrations run only on a person's word, leave evidence, and a process refuses a schema it was not made for."""

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from typer.testing import CliRunner

from capecontrol.cli.database import database_commands
from capecontrol.core.db.base import Base
from capecontrol.core.db.evidence import MigrationEvidence
from capecontrol.core.rings.master import MasterRing
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import MIGRATOR_LOCK, Migration, Migrator, scripts_folder
from capecontrol.main.database.revision import MigrationRefused, check_revision
from tests.servers import MIGRATING

FIRST = '''
"""first"""
import sqlalchemy as sa
from alembic import op
revision = "20260101_0000"
down_revision = None
CREATE_SYSTEM_ROLE = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'capecontrol_system') then
    create role capecontrol_system nologin;
    execute format('grant capecontrol_system to %I', current_user);
  end if;
end $$
"""

def upgrade():
    op.get_bind().exec_driver_sql(CREATE_SYSTEM_ROLE)
    op.create_table(
        "migration_evidence",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("migrated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("from_revision", sa.Text()),
        sa.Column("to_revision", sa.Text()),
        sa.Column("approval", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_migration_evidence"),
    )
    op.execute("grant usage on schema public to capecontrol_system")
    op.execute("grant select, insert on migration_evidence to capecontrol_system")

def downgrade():
    op.drop_table("migration_evidence")
'''
SECOND = '''
"""second"""
import sqlalchemy as sa
from alembic import op
revision = "20260102_0000"
down_revision = "20260101_0000"

def upgrade():
    op.create_table("things", sa.Column("id", sa.UUID()), sa.PrimaryKeyConstraint("id", name="pk_things"))

def downgrade():
    op.drop_table("things")
'''
OLD, NEW = "20260101_0000", "20260102_0000"
GIVEN = Consent(is_given=True, environment="test", approval="CHG-7")


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of two migrations with the product's environment."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (folder / name).write_text((scripts_folder() / name).read_text())
    (folder / "versions" / "2026-01-01-0000_first.py").write_text(FIRST)
    (folder / "versions" / "2026-01-02-0000_second.py").write_text(SECOND)
    return folder


@pytest.fixture
def migrator(empty_database: str, scripts: Path) -> Migrator:
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    Base.metadata.tables[MigrationEvidence.__tablename__].to_metadata(metadata)
    return Migrator(empty_database, scripts=scripts, metadata=metadata, compatible=(OLD, NEW))


async def evidence(url: str) -> list[tuple[str | None, str | None, str | None]]:
    """Read what was written down, as the system role."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("select set_config('role', 'capecontrol_system', true)"))
        rows = await connection.execute(
            text("select from_revision, to_revision, approval, actor from migration_evidence order by migrated_at")
        )
        found = [(row.from_revision, row.to_revision, row.approval) for row in rows if row.actor]
    await engine.dispose()
    return found


async def revision_check(url: str, compatible: tuple[str, str]) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await check_revision(connection, compatible)
    finally:
        await engine.dispose()


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        (Consent(is_given=False, environment="local"), "ALLOW_MIGRATIONS=1 capecontrol db migrate"),
        (Consent(is_given=False, environment="production", approval="CHG-7"), "ALLOW_MIGRATIONS=1 capecontrol db"),
        (Consent(is_given=True, environment="production"), "MIGRATION_APPROVAL=<reference>"),
        (Consent(is_given=True, environment="production", approval="  "), "MIGRATION_APPROVAL=<reference>"),
    ],
)
async def test_refuses_without_consent(migrator: Migrator, consent: Consent, sentence: str) -> None:
    with pytest.raises(MigrationRefused) as refused:
        await migrator.migrate(consent)
    assert sentence in str(refused.value)
    assert (await migrator.status()).current is None


async def test_goes_up_down_and_up_with_evidence_of_each_step(migrator: Migrator, empty_database: str) -> None:
    assert (await migrator.migrate(GIVEN)).after == NEW
    assert await evidence(empty_database) == [(None, OLD, "CHG-7"), (OLD, NEW, "CHG-7")]

    assert (await migrator.migrate(GIVEN, to=OLD)).after == OLD
    assert (await evidence(empty_database))[-1] == (NEW, OLD, "CHG-7")

    assert (await migrator.migrate(GIVEN, to="base")).after is None
    assert (await migrator.migrate(GIVEN)).after == NEW
    assert await migrator.migrate(GIVEN) == await migrator.migrate(GIVEN)


async def test_autovacuum_and_a_step_cannot_wait_for_each_other(migrator: Migrator, empty_database: str) -> None:
    options, reset = (
        "select array_to_string(reloptions, ',') from pg_class where relname = 'alembic_version'",
        "alter table alembic_version reset (autovacuum_enabled)",
    )
    engine = create_async_engine(empty_database, poolclass=NullPool)
    await migrator.migrate(GIVEN, to=OLD)
    async with engine.begin() as connection:
        assert await connection.scalar(text(options)) == "autovacuum_enabled=off"
        await connection.execute(text(reset))  # As releases before left it.

    await migrator.migrate(GIVEN, to=OLD)

    async with engine.begin() as connection:
        assert await connection.scalar(text(options)) == "autovacuum_enabled=off"
    await engine.dispose()


async def test_a_failed_step_leaves_nothing_behind(migrator: Migrator, scripts: Path, empty_database: str) -> None:
    (scripts / "versions" / "2026-01-03-0000_third.py").write_text(
        SECOND.replace("20260102_0000", "20260103_0000")
        .replace('down_revision = "20260101_0000"', 'down_revision = "20260102_0000"')
        .replace("things", "others")
        .replace("op.create_table(", "op.execute('select 1/0'); op.create_table(")
    )
    with pytest.raises(Exception, match="division by zero"):
        await migrator.migrate(GIVEN)
    assert (await migrator.status()).current == NEW
    assert [step[1] for step in await evidence(empty_database)] == [OLD, NEW]


async def test_two_migrators_do_not_race(migrator: Migrator, empty_database: str) -> None:
    engine = create_async_engine(empty_database, poolclass=NullPool)
    async with engine.connect() as other:
        await other.execute(text("select pg_advisory_lock(:key)"), {"key": MIGRATOR_LOCK})
        waiting = asyncio.create_task(migrator.migrate(GIVEN))
        done, _ = await asyncio.wait({waiting}, timeout=0.5)
        assert not done
        await other.execute(text("select pg_advisory_unlock(:key)"), {"key": MIGRATOR_LOCK})
    assert (await waiting).after == NEW
    await engine.dispose()


async def test_finds_a_model_that_no_migration_makes(migrator: Migrator, empty_database: str, scripts: Path) -> None:
    await migrator.migrate(GIVEN)
    found = await migrator.differences()
    assert found is not None
    assert "things" in found

    await migrator.migrate(GIVEN, to=OLD)
    assert "not up to date" in str(await migrator.differences())
    (scripts / "versions" / "2026-01-02-0000_second.py").unlink()
    assert await migrator.differences() is None


@pytest.mark.parametrize(
    ("compatible", "sentence"),
    [
        ((OLD, OLD), f"capecontrol db migrate --to {OLD}"),
        (("20260103_0000", "20260103_0000"), "needs 20260103_0000 or later: run `ALLOW_MIGRATIONS=1"),
    ],
)
async def test_a_process_refuses_a_schema_outside_its_range(
    migrator: Migrator, empty_database: str, compatible: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(MigrationRefused, match="no schema yet: run `ALLOW_MIGRATIONS=1 capecontrol db migrate`"):
        await revision_check(empty_database, compatible)
    await migrator.migrate(GIVEN)
    with pytest.raises(MigrationRefused) as refused:
        await revision_check(empty_database, compatible)
    assert sentence in str(refused.value)
    await revision_check(empty_database, (OLD, NEW))
    await revision_check(empty_database, (OLD, "20270101_0000"))


@pytest.fixture
def command_line(empty_database: str) -> CliRunner:
    given = {
        "CAPECONTROL_ENV": "production",
        "PRIVATE_SERVICES": "127.0.0.1",
        "DATABASE_URL": empty_database,
        "MIGRATIONS_DATABASE_URL": empty_database,
        "ALLOW_MIGRATIONS": None,
    }
    return CliRunner(env=given)


def test_the_command_line_says_what_is_missing(command_line: CliRunner) -> None:
    refused = command_line.invoke(database_commands, ["migrate"])
    assert refused.exit_code == 1
    assert refused.output.strip() == (
        "Migrations run only when asked for: run `ALLOW_MIGRATIONS=1 capecontrol db migrate`."
    )
    unapproved = command_line.invoke(database_commands, ["migrate"], env={"ALLOW_MIGRATIONS": "1"})
    assert unapproved.exit_code == 1
    assert "MIGRATION_APPROVAL" in unapproved.output
    checked = command_line.invoke(database_commands, ["check"])
    assert checked.exit_code == 1
    assert "capecontrol db status" in checked.output


def test_the_command_line_says_that_the_database_is_away(command_line: CliRunner) -> None:
    away = command_line.invoke(database_commands, ["status"], env={"DATABASE_URL": "postgresql://a:b@127.0.0.1:9/x"})
    assert away.exit_code == 1
    assert "does not answer" in away.output


async def test_another_installations_database_is_not_migrated(empty_database: str) -> None:
    """Told by its fingerprints, where the migrator is given the environment's keys."""
    ours, foreign = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    migrator = Migrator(empty_database)
    await migrator.migrate(MIGRATING, encryption_keys=[ours])
    engine = create_async_engine(empty_database, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("select set_config('role', 'capecontrol_system', true)"))
        note = "insert into key_fingerprints (fingerprint, kind) values (:fingerprint, 'ENCRYPTION_KEY')"
        await connection.execute(text(note), {"fingerprint": MasterRing([ours]).newest})
    await engine.dispose()
    with pytest.raises(MigrationRefused, match=r"^None of ENCRYPTION_KEYS has ever .* Nothing was changed\.$"):
        await migrator.migrate(MIGRATING, to="base", encryption_keys=[foreign])
    environment = {"DATABASE_URL": empty_database, "ALLOW_MIGRATIONS": "1", "CAPECONTROL_ENV": "test"}
    command_line = CliRunner(env=environment | {"ENCRYPTION_KEYS": foreign})
    refused = await asyncio.to_thread(command_line.invoke, database_commands, ["migrate"])
    assert (refused.exit_code, refused.output.startswith("None of ENCRYPTION_KEYS")) == (1, True)
    assert (await migrator.migrate(MIGRATING, encryption_keys=[foreign, ours])).after is not None


THIRD_ID, FOURTH_ID = "20260103_0000", "20260104_0000"


def add_migration(scripts: Path, revision: str, after: str, oldest_code: str | None) -> None:
    """Write a migration of a later release; ``oldest_code`` is what it says of the code before it."""
    (scripts / "versions" / f"{revision}.py").write_text(
        SECOND.replace(NEW, revision).replace(OLD, after).replace("things", f"things_{revision}")
        + (f'oldest_code = "{oldest_code}"\n' if oldest_code else "")
    )


@pytest.mark.parametrize(("declared", "runs"), [(NEW, True), (OLD, True), (None, False), (THIRD_ID, False)])
async def test_a_release_runs_on_a_later_schema_that_says_so(
    declared: str | None, runs: bool, migrator: Migrator, scripts: Path, empty_database: str
) -> None:
    """A rollback needs no downgrade, although the release before could not know the migration when it was made."""
    add_migration(scripts, THIRD_ID, NEW, declared)
    assert (await migrator.migrate(GIVEN)).after == THIRD_ID

    if runs:
        await revision_check(empty_database, (OLD, NEW))
    else:
        with pytest.raises(MigrationRefused, match=f"runs on {NEW} at most"):
            await revision_check(empty_database, (OLD, NEW))
    assert (await migrator.status()).is_compatible is runs


async def test_a_later_schema_without_a_record_is_refused(
    migrator: Migrator, scripts: Path, empty_database: str
) -> None:
    """Somebody restored the tables without their comments: what the later release changed is not known."""
    add_migration(scripts, THIRD_ID, NEW, OLD)
    await migrator.migrate(GIVEN)
    async with create_async_engine(empty_database, poolclass=NullPool).begin() as connection:
        await connection.execute(text("comment on table alembic_version is null"))

    with pytest.raises(MigrationRefused, match=f"runs on {NEW} at most"):
        await revision_check(empty_database, (OLD, NEW))


async def test_what_a_contraction_takes_away_no_later_expansion_brings_back(
    migrator: Migrator, scripts: Path, empty_database: str
) -> None:
    add_migration(scripts, THIRD_ID, NEW, THIRD_ID)
    add_migration(scripts, FOURTH_ID, THIRD_ID, OLD)
    await migrator.migrate(GIVEN)

    with pytest.raises(MigrationRefused):
        await revision_check(empty_database, (OLD, NEW))
    await revision_check(empty_database, (OLD, THIRD_ID))


async def test_the_record_goes_down_with_the_schema(migrator: Migrator, scripts: Path, empty_database: str) -> None:
    add_migration(scripts, THIRD_ID, NEW, None)
    await migrator.migrate(GIVEN)
    assert (await migrator.status()).oldest_code == THIRD_ID
    await migrator.migrate(GIVEN, to=NEW)
    assert (await migrator.status()).oldest_code == NEW
    await migrator.migrate(GIVEN, to="base")
    assert (await migrator.status()).oldest_code is None


@pytest.mark.parametrize("declared", [NEW, None])
async def test_migrating_with_the_release_before_leaves_a_later_schema_as_it_is(
    declared: str | None, migrator: Migrator, scripts: Path
) -> None:
    add_migration(scripts, THIRD_ID, NEW, declared)
    await migrator.migrate(GIVEN)
    (scripts / "versions" / f"{THIRD_ID}.py").unlink()

    if declared:
        assert (await migrator.migrate(GIVEN)) == Migration(THIRD_ID, THIRD_ID)
    else:
        with pytest.raises(MigrationRefused, match=f"runs on {NEW} at most"):
            await migrator.migrate(GIVEN)
    assert (await migrator.status()).current == THIRD_ID
    with pytest.raises(MigrationRefused, match=f"is on revision {THIRD_ID}, which this release does not know: run"):
        await migrator.migrate(GIVEN, to=OLD)
    assert (await migrator.status()).current == THIRD_ID
