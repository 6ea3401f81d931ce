"""The policies outlast what the running login can do; where they are gone, commands say so and one restores them."""

import secrets
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.database.migration import Migrator
from tests.security.attempts import ROLES, STATE
from tests.security.catalog import faults
from tests.security.test_catalog import connected
from tests.security.test_running_login import told
from tests.servers import MIGRATING

COUNT = "select count(*) from pg_policy"
RESTORATIONS = "select count(*) from migration_evidence where from_revision = to_revision"


@pytest.fixture(scope="module")
async def template(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """The name of a database with the schema, to be copied."""
    name = f"policies_{secrets.token_hex(4)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    await Migrator(postgres.owner_dsn(name)).migrate(MIGRATING)
    yield name
    postgres.run_sql(f'drop database "{name}" with (force)')


@pytest.fixture
def installation(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """The name of a database of the test's own."""
    name = f"policies_{secrets.token_hex(4)}"
    postgres.run_sql(f'create database "{name}" template "{template}" owner capecontrol')
    yield name
    postgres.run_sql(f'drop database "{name}" with (force)')


def plain(url: str) -> str:
    return url.replace("+asyncpg", "") + "?sslmode=disable"


async def test_what_each_role_may_drop_leaves_every_policy(postgres: EmbeddedPostgres, installation: str) -> None:
    """``drop owned`` is said for good, and drops without asking who owns the table each policy that names the role."""
    before = postgres.run_sql(STATE, database=installation)
    running = await asyncpg.connect(plain(postgres.app_dsn(installation)))
    for role in ROLES:
        await running.execute(f"set role {role}; drop owned by current_user cascade; reset role")
    await running.close()

    assert postgres.run_sql(STATE, database=installation) == before
    async with connected(postgres.owner_dsn(installation)) as connection:
        assert await faults(connection) == []


async def test_a_database_that_lost_its_policies_is_told_and_healed(
    postgres: EmbeddedPostgres, installation: str
) -> None:
    owner, running = plain(postgres.owner_dsn(installation)), plain(postgres.app_dsn(installation))
    had = int(postgres.run_sql(COUNT, database=installation))
    for drop in postgres.run_sql(
        "select format('drop policy %I on %I', policyname, tablename) from pg_policies", database=installation
    ).splitlines():
        postgres.run_sql(drop, database=installation)
    lacking = (
        "What keeps organizations apart in the database is incomplete (policy runtime of activity_entries is missing, "
        f"and {had - 1} more like this): run `ALLOW_MIGRATIONS=1 capecontrol db migrate`, which restores it"
    )

    checked = told("db", "check", DATABASE_URL=running)
    started = told("worker", DATABASE_URL=running)
    assert (checked.returncode, checked.stderr.strip()) == (1, f"{lacking}.")
    assert (started.returncode, started.stderr.splitlines()[-1]) == (1, f"{lacking}, then start again.")

    approved = {"ALLOW_MIGRATIONS": "1", "MIGRATION_APPROVAL": "CHG-9", "MIGRATIONS_DATABASE_URL": owner}
    healed = told("db", "migrate", DATABASE_URL=running, **approved)
    assert (healed.returncode, healed.stderr) == (0, "")
    assert healed.stdout.startswith(
        "Restored what keeps organizations apart: policy runtime of activity_entries is missing, "
    )
    async with connected(postgres.owner_dsn(installation)) as connection:
        assert await faults(connection) == []
    assert postgres.run_sql(RESTORATIONS, database=installation) == "1"
    assert told("db", "check", DATABASE_URL=running).returncode == 0
    assert told("db", "migrate", DATABASE_URL=running, **approved).stdout.startswith("Nothing to do")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("alter policy runtime on projects using (true)", "policy runtime of projects is another one"),
        ("alter policy system on users to capecontrol_system", "policy system of users is another one"),
        ("alter table invoices no force row level security", "row-level security of invoices is off"),
    ],
)
async def test_a_policy_that_was_changed_is_told_and_restored(
    fault: str, words: str, postgres: EmbeddedPostgres, installation: str
) -> None:
    migrator = Migrator(postgres.owner_dsn(installation))
    postgres.run_sql(fault, database=installation)

    assert words in (await migrator.differences() or "")
    assert [str(one) for one in (await migrator.migrate(MIGRATING)).restored] == [words]
    async with connected(postgres.owner_dsn(installation)) as connection:
        assert await faults(connection) == []


async def test_the_migration_brings_policies_back_that_were_dropped_before_it(
    postgres: EmbeddedPostgres, installation: str
) -> None:
    migrator = Migrator(postgres.owner_dsn(installation))
    await migrator.migrate(MIGRATING, to="20261122_0050")
    running = await asyncpg.connect(plain(postgres.app_dsn(installation)))
    for role in ROLES:
        await running.execute(f"set role {role}; drop owned by current_user; reset role")
    await running.close()
    assert postgres.run_sql(COUNT, database=installation) == "0"

    await migrator.migrate(MIGRATING)
    async with connected(postgres.owner_dsn(installation)) as connection:
        assert await faults(connection) == []
