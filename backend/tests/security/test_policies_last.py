"""The policies outlast what the running login can do; where they are gone, commands say so and one restores them."""

import secrets
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.database.migration import Migrator
from capecontrol.main.features import metadata
from tests.security.attempts import ROLES, STATE
from tests.security.catalog import faults
from tests.security.test_catalog import connected
from tests.security.test_running_login import told
from tests.servers import MIGRATING

ONE, OTHER = "01a1ff1a-0000-7000-8000-000000000001", "01a1ff1a-0000-7000-8000-000000000002"
ADD_ORGANIZATION = """
insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at)
values (:'id', :'domain', :'domain', 'FREE', 'ACTIVE', '{}', now(), now())
"""
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


async def drop_owned(url: str) -> None:
    """Say ``drop owned`` for good, as each role that the running login may take on."""
    running = await asyncpg.connect(plain(url))
    for role in ROLES:
        await running.execute(f"set role {role}; drop owned by current_user cascade; reset role")
    await running.close()


async def test_what_each_role_may_drop_leaves_the_policies_that_keep_organizations_apart(
    postgres: EmbeddedPostgres, installation: str
) -> None:
    """What goes is what names the role: the planner misses it, and nobody else. `db migrate` brings it back."""
    before = postgres.run_sql(STATE, database=installation)
    postgres.run_sql(ADD_ORGANIZATION, database=installation, id=ONE, domain="one")
    postgres.run_sql(ADD_ORGANIZATION, database=installation, id=OTHER, domain="other")

    await drop_owned(postgres.app_dsn(installation))

    assert postgres.run_sql(STATE, database=installation) == before
    running = await asyncpg.connect(plain(postgres.app_dsn(installation)))
    seen = {}
    for role in ROLES:
        await running.execute(f"begin; set local role {role}; set local app.org_id = '{ONE}'")
        try:
            seen[role] = [row["domain"] for row in await running.fetch("select domain from organizations order by 1")]
        except asyncpg.InsufficientPrivilegeError as refused:
            seen[role] = [str(refused)]
        await running.execute("rollback")
    await running.close()
    assert seen == {
        "none": ["permission denied for table organizations"],
        "capecontrol_runtime": ["one"],
        "capecontrol_signin": ["one", "other"],
        "capecontrol_system": ["one", "other"],
    }
    started = told("db", "check", DATABASE_URL=plain(postgres.app_dsn(installation)))
    assert "policy runtime of activity_entries is missing" in started.stderr
    assert (await Migrator(postgres.owner_dsn(installation)).migrate(MIGRATING)).restored
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
    sentence = (
        "The policies that keep organizations apart are not those of the models (policy {name} of activity_entries is "
        "missing, and {others} more like this): run `ALLOW_MIGRATIONS=1 capecontrol db migrate`, which restores them"
    )

    checked = told("db", "check", DATABASE_URL=running)
    started = told("worker", DATABASE_URL=running)
    lacking = sentence.format(name="runtime", others=had - 1)
    assert (checked.returncode, checked.stderr.strip()) == (1, f"{lacking}.")
    lacking = sentence.format(name="scope", others=len(metadata.tables) - 1)
    assert (started.returncode, started.stderr.splitlines()[-1]) == (1, f"{lacking}, then start again.")

    approved = {"ALLOW_MIGRATIONS": "1", "MIGRATION_APPROVAL": "CHG-9", "MIGRATIONS_DATABASE_URL": owner}
    healed = told("db", "migrate", DATABASE_URL=running, **approved)
    assert (healed.returncode, healed.stderr) == (0, "")
    assert healed.stdout.startswith(
        "Restored the policies that keep organizations' data apart: policy runtime of activity_entries is missing, "
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
        ("alter policy scope on users to capecontrol_system", "policy scope of users is another one"),
        ("drop policy system on users", "policy system of users is missing"),
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
    await drop_owned(postgres.app_dsn(installation))
    assert postgres.run_sql(COUNT, database=installation) == "0"

    await migrator.migrate(MIGRATING)
    async with connected(postgres.owner_dsn(installation)) as connection:
        assert await faults(connection) == []
