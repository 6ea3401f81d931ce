"""The login that the platform runs as can undo nothing that protects the rows; a command makes it out of one login."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from capecontrol.core.clock import SystemClock
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import PlatformScope
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.background import check_login
from capecontrol.main.database.login import Login, find_login
from capecontrol.main.database.migration import Migrator
from capecontrol.main.database.separation import address_for
from capecontrol.main.settings import SettingsRefused
from capecontrol.main.settings.database import DatabaseSettings
from tests.main.test_settings import SAFE
from tests.security.attempts import ATTEMPTS, ROLES, STATE, Answer, attempt, table
from tests.servers import MIGRATING

DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "running-login.md"
BEGIN, END = "<!-- attempts -->\n", "<!-- end of attempts -->\n"
#: How PostgreSQL says that somebody may not: not that something is missing, or wrong in itself.
REFUSED = re.compile(
    "permission denied|must be owner of|access to library .* is not allowed|no privileges were granted|"
    "no privileges could be revoked|"
    "query would be affected by row-level security policy"
)
VERIFIER = "select rolpassword from pg_authid where rolname = 'capecontrol_app'"
OWNER = "p0Wn3r-of-the-schema"


async def connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url.replace("+asyncpg", ""))


@pytest.fixture(scope="module")
async def intruder(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A session of the login that the whole suite runs as."""
    connection = await connect(database_url)
    yield connection
    await connection.close()


async def try_all(connection: asyncpg.Connection) -> list[Answer]:
    before = await connection.fetchval(STATE)
    return [
        await attempt(connection, statement, role, before)
        for statements in ATTEMPTS.values()
        for statement in statements
        for role in ROLES
    ]


async def test_every_attempt_is_refused_and_changes_nothing(
    intruder: asyncpg.Connection, postgres: EmbeddedPostgres
) -> None:
    before = postgres.run_sql(STATE, database="capecontrol")

    answers = await try_all(intruder)

    assert [one for one in answers if one.has_changed or not REFUSED.match(one.words or "")] == []
    assert postgres.run_sql(STATE, database="capecontrol") == before


async def test_the_document_tells_the_attempts_and_their_answers(intruder: asyncpg.Connection) -> None:
    found = table(await try_all(intruder))
    text = DOCUMENT.read_text()
    if "REWRITE_RUNNING_LOGIN" in os.environ:
        head, rest = text.split(BEGIN)
        DOCUMENT.write_text(head + BEGIN + "\n" + found + "\n" + END + rest.split(END)[1])
        text = DOCUMENT.read_text()

    assert text.split(BEGIN)[1].split(END)[0].strip() == found.strip()


async def test_the_owner_could_do_what_the_running_login_cannot(postgres: EmbeddedPostgres, database_url: str) -> None:
    """The attempts are real ones: most of them work for who owns the schema."""
    del database_url
    connection = await connect(postgres.owner_dsn())
    try:
        obeyed = [answer.statement for answer in await try_all(connection) if answer.words is None]
    finally:
        await connection.close()
        postgres.run_sql("drop role if exists intruder")

    assert {
        "drop policy runtime on projects",
        "alter table audit_events disable trigger audit_events_append_only",
        "create role intruder",
        "create temporary table mine (id int)",
        "create table public.mine (id int)",
    } <= set(obeyed)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A cluster with one login that owns its database, as a server is set up, and as releases up to 0.1.0 ran."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("single"), durable=False)
    try:
        server.start()
        server.run_sql(
            f"create role capecontrol login noinherit createrole password '{OWNER}'; "
            "create database capecontrol owner capecontrol"
        )
        yield server
    finally:
        server.destroy()


@pytest.fixture(scope="module")
def owner_url(single: EmbeddedPostgres) -> str:
    """The address of that login."""
    return f"postgresql://capecontrol:{OWNER}@127.0.0.1:{single.port}/capecontrol?sslmode=disable"


def told(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product in production, as an operator would."""
    given = {name.upper(): str(value) for name, value in SAFE.items()} | {"PRIVATE_SERVICES": "127.0.0.1"}
    return subprocess.run(
        [sys.executable, "-m", "capecontrol", *command],
        env={"PATH": os.environ["PATH"]} | given | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


@pytest.fixture(scope="module")
async def migrated(owner_url: str) -> str:
    """The same with its schema."""
    await Migrator(owner_url).migrate(MIGRATING)
    return owner_url


@pytest.fixture(scope="module")
def separated(migrated: str) -> str:
    """What the command printed when it separated the logins."""
    done = told("db", "separate-owner", MIGRATIONS_DATABASE_URL=migrated, DATABASE_URL=migrated)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def running_url(separated: str) -> str:
    """The address that it said to put where the processes get their settings."""
    return next(line for line in separated.splitlines() if line.startswith("DATABASE_URL=")).partition("=")[2]


async def test_before_its_first_migration_there_is_nothing_to_separate(single: EmbeddedPostgres) -> None:
    single.run_sql("create database untouched owner capecontrol")
    url = f"postgresql://capecontrol:{OWNER}@127.0.0.1:{single.port}/untouched?sslmode=disable"

    refused = told("db", "separate-owner", MIGRATIONS_DATABASE_URL=url, DATABASE_URL=url)

    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "capecontrol does not own the schema: MIGRATIONS_DATABASE_URL must name the login that migrated it, and "
        "`capecontrol db migrate` comes first.",
    )


async def test_the_login_that_the_command_makes_is_refused_everything(
    running_url: str, single: EmbeddedPostgres
) -> None:
    connection = await connect(running_url)
    try:
        answers = await try_all(connection)
    finally:
        await connection.close()

    assert [one for one in answers if one.has_changed or not REFUSED.match(one.words or "")] == []
    assert "SCRAM-SHA-256$4096:" in single.run_sql(VERIFIER)


async def test_it_does_what_the_platform_does(running_url: str) -> None:
    platform = PlatformScope("tests")
    async with Database(running_url) as database, database.transaction(platform, SystemClock().now) as work:
        made = await work.connection.exec_driver_sql("select app.make_audit_partitions(13)")
        assert made.scalar_one() > 0
        assert (await work.connection.exec_driver_sql("select count(*) from organizations")).scalar_one() == 0


async def test_doing_it_again_changes_nothing(migrated: str, running_url: str, single: EmbeddedPostgres) -> None:
    before = single.run_sql(STATE, database="capecontrol")
    verifier = single.run_sql(VERIFIER)

    again = told("db", "separate-owner", MIGRATIONS_DATABASE_URL=migrated, DATABASE_URL=running_url)

    assert again.returncode == 0, again.stderr
    assert "It existed before; its password has not changed." in again.stdout
    assert single.run_sql(STATE, database="capecontrol") == before
    assert single.run_sql(VERIFIER) == verifier


async def test_a_given_password_is_set_and_never_shown(migrated: str, running_url: str) -> None:
    given = {"MIGRATIONS_DATABASE_URL": migrated, "DATABASE_URL": running_url}
    made = told("db", "separate-owner", "--login", "reports", RUNNING_LOGIN_PASSWORD="f1Ve/g1:ven@words", **given)

    assert made.returncode == 0, made.stderr
    assert "f1Ve" not in made.stdout + made.stderr
    connection = await connect(address_for(migrated, "reports", "f1Ve/g1:ven@words"))
    assert await connection.fetchval("select session_user") == "reports"
    await connection.close()


async def test_who_owns_the_schema_cannot_be_the_running_login(migrated: str, running_url: str) -> None:
    given = {"MIGRATIONS_DATABASE_URL": migrated, "DATABASE_URL": running_url}

    refused = told("db", "separate-owner", "--login", "capecontrol", **given)

    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "capecontrol owns the schema, so it cannot be the running login: choose another --login.",
    )


async def test_a_login_with_powers_that_the_owner_cannot_take_is_refused(
    migrated: str, running_url: str, single: EmbeddedPostgres
) -> None:
    single.run_sql("create role mighty login bypassrls; grant mighty to capecontrol with admin option")
    given = {"MIGRATIONS_DATABASE_URL": migrated, "DATABASE_URL": running_url}

    refused = told("db", "separate-owner", "--login", "mighty", **given)

    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "mighty may bypass row-level security, which capecontrol cannot change: choose another --login.",
    )
    assert single.run_sql("select count(*) from pg_auth_members where member = 'mighty'::regrole") == "0"


def test_the_status_tells_whether_the_owner_is_apart(migrated: str, running_url: str) -> None:
    def line(url: str) -> str:
        answer = told("db", "status", DATABASE_URL=url)
        return next(line for line in answer.stdout.splitlines() if line.startswith("owner apart"))

    assert line(running_url) == "owner apart yes"
    assert line(migrated) == (
        "owner apart no, capecontrol owns the schema and may create roles and may create objects in the schema"
    )


@pytest.mark.parametrize("process", ["api", "worker", "scheduler"])
def test_nothing_starts_as_the_owner_of_the_schema(process: str, migrated: str, separated: str) -> None:
    del separated

    refused = told(process, DATABASE_URL=migrated, PORT="8998")

    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1] == (
        "DATABASE_URL signs in as capecontrol, which owns the schema and may create roles and may create "
        "objects in the schema. Run `capecontrol db separate-owner` to create a restricted login, or set "
        "ALLOW_OWNER_LOGIN=1 to accept the risk."
    )


#: What somebody granted the running login, and how its start is refused.
POWERS = {
    "grant postgres to {login}": "may become postgres",
    "create role {login}_group bypassrls; grant {login}_group to {login}": "may become {login}_group",
    "create role {login}_group createrole; grant {login}_group to {login}": "may become {login}_group",
    "grant pg_execute_server_program to {login}": "may become pg_execute_server_program",
    "grant pg_write_server_files to {login}": "may become pg_write_server_files",
    "grant pg_write_all_data to {login}": "may become pg_write_all_data",
    "grant pg_maintain to {login}": "may become pg_maintain",
    "grant pg_create_subscription to {login}": "may become pg_create_subscription",
    "alter role {login} replication": "may read everything by replication",
    "alter role {login} createdb": "may create databases",
    "alter role {login} bypassrls": "may bypass row-level security",
    "alter role {login} createrole": "may create roles",
    "grant delete on audit_events to {login}": "has rights of its own on table audit_events",
    "grant truncate on audit_events to {login}": "has rights of its own on table audit_events",
    "grant trigger on audit_events to {login}": "has rights of its own on table audit_events",
    "grant update (action) on audit_events to {login}": "has rights of its own on table audit_events",
    "grant update on alembic_version to {login}": "has rights of its own on table alembic_version",
    "grant execute on function app.make_audit_partition to {login}": (
        "has rights of its own on function app.make_audit_partition(date)"
    ),
    "grant set on parameter session_replication_role to {login}": (
        "has rights of its own on parameter session_replication_role"
    ),
    "grant capecontrol_system to {login} with admin option": "may grant roles",
}


@pytest.fixture
def granted(single: EmbeddedPostgres, migrated: str) -> Iterator[Callable[[str], str]]:
    """Makes a running login, says something of it, and returns its address."""
    login = f"granted_{secrets.token_hex(3)}"
    single.run_sql(
        f"create role {login} login noinherit password '{OWNER}'; "
        f"grant capecontrol_runtime, capecontrol_system, capecontrol_signin to {login}"
    )

    def grant(words: str) -> str:
        single.run_sql(words.format(login=login), database="capecontrol")
        return address_for(migrated, login, OWNER)

    yield grant
    for name in (login, f"{login}_group"):
        if single.run_sql("select 1 from pg_roles where rolname = :'name'", name=name):
            single.run_sql(f"drop owned by {name}; drop role {name}", database="capecontrol")


async def login_at(url: str) -> Login:
    async with Database(url) as database, database.engine.connect() as connection:
        found = await find_login(connection)
    assert found is not None
    return found


@pytest.mark.parametrize("words", POWERS)
async def test_no_start_as_a_login_that_may_more_than_take_on_the_roles(
    words: str, granted: Callable[[str], str]
) -> None:
    """By itself or as any role that it may become: who may become a superuser may delete what the audit log says."""
    url = granted(words)
    login = await login_at(url)

    with pytest.raises(SettingsRefused) as refused:
        check_login(login, database_settings(url))

    power = POWERS[words].format(login=login.name)
    assert str(refused.value) == (
        f"DATABASE_URL signs in as {login.name}, which {power}. Run `capecontrol db separate-owner` to create a "
        "restricted login, or set ALLOW_OWNER_LOGIN=1 to accept the risk."
    )


@pytest.mark.parametrize(
    "words", ["select", "grant select on alembic_version to {login}", "grant usage on schema public to {login}"]
)
async def test_a_start_as_the_login_that_may_take_on_the_roles_alone(words: str, granted: Callable[[str], str]) -> None:
    url = granted(words)

    check_login(await login_at(url), database_settings(url))


async def test_an_intruder_makes_no_reason_to_refuse_the_next_start(running_url: str) -> None:
    connection = await connect(running_url)
    try:
        await connection.execute(
            "set role capecontrol_system; select lo_create(4711); grant all on large object 4711 to capecontrol_app; "
            "alter default privileges grant all on tables to capecontrol_app"
        )
        check_login(await login_at(running_url), database_settings(running_url))
    finally:
        await connection.execute(
            "select lo_unlink(4711); alter default privileges revoke all on tables from capecontrol_app"
        )
        await connection.close()


async def test_a_login_with_a_power_is_not_made_the_running_one(
    migrated: str, granted: Callable[[str], str], running_url: str
) -> None:
    name = (await login_at(granted("grant pg_maintain to {login}"))).name

    refused = told("db", "separate-owner", "--login", name, MIGRATIONS_DATABASE_URL=migrated, DATABASE_URL=running_url)

    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        f"capecontrol may not change {name}, which somebody else made: choose another --login, or as an administrator "
        f"of the server run `grant {name} to capecontrol with admin option`."
    )


async def test_a_login_that_is_what_it_should_be_needs_no_right_of_the_owner(
    migrated: str, granted: Callable[[str], str], running_url: str
) -> None:
    """As `make run` makes it, where the cluster's administrator does."""
    name = (await login_at(granted("select"))).name

    done = told("db", "separate-owner", "--login", name, MIGRATIONS_DATABASE_URL=migrated, DATABASE_URL=running_url)

    assert (done.returncode, done.stderr) == (0, "")
    assert "It existed before; its password has not changed." in done.stdout


@pytest.mark.parametrize("role", ["capecontrol_system", "capecontrol_runtime"])
def test_a_role_cannot_be_the_running_login(role: str, migrated: str, running_url: str) -> None:
    refused = told("db", "separate-owner", "--login", role, MIGRATIONS_DATABASE_URL=migrated, DATABASE_URL=running_url)

    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        f"{role} is a role that the running login takes on: choose another --login.",
    )


def database_settings(url: str, **given: object) -> DatabaseSettings:
    return DatabaseSettings.model_validate({"database_url": url, "private_services": "127.0.0.1"} | given)


async def test_a_single_login_runs_where_somebody_chose_it_and_each_start_warns(migrated: str) -> None:
    login = await login_at(migrated)

    with capture_logs() as logs:
        check_login(login, database_settings(migrated, allow_owner_login=True))

    assert [(line["event"], line["login"]) for line in logs] == [("database.owner_login", "capecontrol")]
