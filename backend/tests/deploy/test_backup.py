"""The guide to backups is followed: what was dumped on one server works on another that never saw the product."""

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis
from typer.testing import CliRunner

from capecontrol.cli.commands import app as command_line
from capecontrol.core.secret_keys.start import SecretsRefused
from capecontrol.local.api import create_app
from capecontrol.local.home import claim_home
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.postgres_programs import PostgresPrograms
from capecontrol.local.seed import MEMBERS, PHRASE, seed
from capecontrol.local.wiring import build_factory, build_ports
from capecontrol.main.database.migration import Migrator
from capecontrol.main.features import event_registry
from capecontrol.main.keys import opened
from capecontrol.main.settings import Environment, Settings
from tests.client import Client
from tests.deploy.guide import commands
from tests.outbox_drain import Drain
from tests.servers import MIGRATING

GUIDE = "back-up-and-restore.md"
PASSWORD = "p9Hq2vXw7Zr4"
OWNER = MEMBERS[0][0]
#: One row for each table: how many rows it has, and a digest of all of them.
CONTENT = r"""
select format(
  'select %L, count(*), md5(string_agg(row::text, chr(10) order by row::text)) from public.%I row', relname, relname)
from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1 \gexec
"""


@pytest.fixture
def another_server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server with a superuser and nothing else."""
    server = EmbeddedPostgres(tmp_path / "another", durable=False)
    try:
        server.start()
        yield server
    finally:
        server.destroy()


def sql(blocks: list[str]) -> str:
    """Return what an administrator types, with the password that the guide leaves open."""
    return "\n".join(blocks).replace("'…'", f"'{PASSWORD}'")


def address(server: EmbeddedPostgres, login: str, database: str) -> str:
    return f"postgresql://{login}:{PASSWORD}@127.0.0.1:{server.port}/{database}"


def type_in(folder: Path, line: str, **environment: str) -> None:
    """Run a line of the guide in a shell that finds PostgreSQL's programs."""
    programs = PostgresPrograms.installed().folder
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={"PATH": path} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def line_of(heading: str, program: str) -> str:
    """Return the line under a heading that begins with a program."""
    lines = re.sub(r"\\\n *", "", "\n".join(commands(GUIDE, heading, "sh"))).splitlines()
    (line,) = (line for line in lines if line.startswith(f"{program} "))
    return line


def content(server: EmbeddedPostgres, database: str) -> dict[str, tuple[int, str]]:
    """Return how many rows each table has, and a digest of them, as the superuser sees them."""
    lines = [line.split("|") for line in server.run_sql(CONTENT, database=database).splitlines()]
    return {name: (int(count), digest) for name, count, digest in lines}


def settings_for(url: str, valkey_url: str, home: Path, encryption_key: str) -> Settings:
    return Settings(
        capecontrol_env=Environment.LOCAL,
        rate_limits=False,
        capecontrol_home=home,
        secret_key="only-for-tests-" + "x" * 32,
        encryption_keys=encryption_key,
        database_url=url,
        redis_url=valkey_url,
        bcrypt_rounds=4,
        stripe_secret_key="sk_test_for_tests",
        stripe_webhook_secret="whsec_for_tests",
        stripe_api_base="http://127.0.0.1:8000/dev/stripe",
        n8n_local_api_key="n8n-for-tests",
    )


async def test_an_installation_comes_back_on_a_server_that_never_had_it(
    postgres: EmbeddedPostgres, another_server: EmbeddedPostgres, valkey_url: str, tmp_path: Path
) -> None:
    home, key = claim_home(tmp_path / "home"), Fernet.generate_key().decode()
    postgres.run_sql("create database lost owner capecontrol")
    await Migrator(postgres.owner_dsn("lost")).migrate(MIGRATING)
    await seed(settings_for(postgres.app_dsn("lost"), valkey_url, home, key))
    postgres.run_sql(sql(commands(GUIDE, "A login for backups", "sql")), database="lost")
    before = content(postgres, "lost")
    assert before["audit_events"][0] > 10
    assert before["invoices"][0] > 0

    backup = address(postgres, "capecontrol_backup", "lost")
    type_in(tmp_path, line_of("Every night", "pg_dump"), BACKUP_DATABASE_URL=backup)
    postgres.run_sql("drop database lost with (force); drop owned by capecontrol_backup; drop role capecontrol_backup")
    another_server.run_sql(sql(commands("deploy.md", "2. The database", "sql")))
    another_server.run_sql(sql(commands(GUIDE, "Restore", "sql")))
    owner = address(another_server, "capecontrol", "capecontrol")
    type_in(tmp_path, line_of("Restore", "pg_restore"), MIGRATIONS_DATABASE_URL=owner)
    assert content(another_server, "capecontrol") == before

    by_hand = {"CAPECONTROL_ENV": "local", "DATABASE_URL": owner, "MIGRATIONS_DATABASE_URL": owner}
    separated = await asyncio.to_thread(CliRunner().invoke, command_line, ["db", "separate-owner"], env=by_hand)
    running = re.search(r"^DATABASE_URL=(\S+)$", separated.output, re.MULTILINE)
    assert running, separated.output
    checked = await asyncio.to_thread(CliRunner().invoke, command_line, ["db", "check"], env=by_hand)
    assert (checked.exit_code, checked.output.strip()) == (
        0,
        "The schema matches this release, including all tables and policies.",
    )

    await _is_alive(settings_for(running[1], valkey_url, home, key))
    await _stays_shut(settings_for(running[1], valkey_url, home, Fernet.generate_key().decode()))


async def _is_alive(settings: Settings) -> None:
    """Sign in with the password of before, and read the invoice with its document."""
    factory = build_factory(settings)
    ports = build_ports(settings, factory)
    async with opened(factory):
        client = Client(create_app(settings, factory=factory, ports=ports))
        signed_in = await client.post("/api/auth/login", {"email": OWNER, "password": PHRASE})
        assert signed_in.status_code == 200, signed_in.text
        client.token = signed_in.json()["access_token"]
        # What waited when the dump was made is done now: the invoice gets its document.
        await Drain(factory, event_registry(), ports)()
        (invoice,) = (await client.get("/api/billing/invoices")).json()["items"]
        document = await client.get(f"/api/billing/invoices/{invoice['id']}/pdf")
        assert (document.status_code, document.content[:5]) == (200, b"%PDF-")
    await ports.get(Redis).aclose()


async def _stays_shut(settings: Settings) -> None:
    """Without the keys of before there is no way in."""
    factory = build_factory(settings)
    with pytest.raises(SecretsRefused):
        async with opened(factory):
            pass
    await factory.database.close()
