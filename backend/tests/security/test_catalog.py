"""Isolation as PostgreSQL's own catalog tells it, of the tests' schema and of a migrated one; and that faults show."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.main.local.postgres import EmbeddedPostgres
from capecontrol.main.migration import Consent, Migrator
from tests.security.catalog import faults, snapshot


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"), poolclass=NullPool)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@pytest.fixture(scope="module")
def fresh_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """An empty database."""
    name = f"catalog_{secrets.token_hex(4)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    yield postgres.app_dsn(name)
    postgres.run_sql(f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
async def migrated_url(fresh_url: str) -> str:
    """A database that the migrations made."""
    await Migrator(fresh_url).migrate(Consent(is_given=True, environment="test"))
    return fresh_url


@pytest.fixture
async def scratch(migrated_url: str) -> AsyncIterator[AsyncConnection]:
    """A transaction in the migrated database, to break what it likes; nothing of it stays."""
    async with connected(migrated_url) as connection:
        yield connection
        await connection.rollback()


async def test_the_models_schema_isolates(database_url: str) -> None:
    async with connected(database_url) as connection:
        assert await faults(connection) == []


async def test_the_migrated_schema_isolates(migrated_url: str) -> None:
    async with connected(migrated_url) as connection:
        assert await faults(connection) == []


async def test_the_migrations_lead_to_the_models_schema(migrated_url: str, database_url: str) -> None:
    """Also what Alembic does not compare: policies, grants, triggers, functions."""
    async with connected(migrated_url) as connection:
        migrated = await snapshot(connection)
    async with connected(database_url) as connection:
        modelled = await snapshot(connection)
    assert migrated - modelled == set()
    assert modelled - migrated == set()


BROKEN = {
    "a policy is dropped": ("drop policy runtime on projects", "policy runtime of projects is missing"),
    "a second permissive policy": (
        "create policy generous on projects for select to capecontrol_runtime using (true)",
        "policy generous of projects is one too many",
    ),
    "a policy lets everything through": ("alter policy runtime on projects using (true)", "policy runtime of projects"),
    "row security is off": ("alter table projects disable row level security", "table projects: row-level security"),
    "row security is not forced": (
        "alter table projects no force row level security",
        "table projects: row-level security",
    ),
    "a table that nobody knows": ("create table leaks (id int)", "table leaks has no model"),
    "a grant too many": (
        "grant delete on projects to capecontrol_runtime",
        "capecontrol_runtime on projects: has ['delete', 'select', 'update']",
    ),
    "TRUNCATE, which knows no rows": (
        "grant truncate on projects to capecontrol_system",
        "capecontrol_system on projects: has",
    ),
    "a grant to everybody": ("grant select on projects to public", "PUBLIC on projects: has ['select']"),
    "a plain foreign key": (
        "alter table projects add column parent uuid; "
        "alter table projects add constraint fk_leak foreign key (parent) references projects (id)",
        "foreign key fk_leak of projects does not carry org_id",
    ),
    "a unique key over all": ("create unique index uq_leak on projects (title)", "unique uq_leak of projects"),
    "no index by owner": (
        "drop index ix_projects_org_id_created_at_id; "
        "alter table projects drop constraint uq_projects_org_id_id cascade",
        "no index of projects begins with its owner",
    ),
    "a view of its owner's": ("create view leak as select * from projects", "view leak is not"),
    "a function of its owner's": (
        "create function app.leak() returns int language sql security definer as 'select 1'",
        "function leak runs with its owner's rights",
    ),
    "an owner that may be null": ("alter table projects alter org_id drop not null", "org_id of projects"),
    "a role that makes tables": (
        "grant create on schema public to capecontrol_runtime",
        "role capecontrol_runtime: makes",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_fault_shows(fault: str, scratch: AsyncConnection) -> None:
    statement, sentence = BROKEN[fault]
    for part in statement.split("; "):
        await scratch.exec_driver_sql(part)
    assert any(sentence in found for found in await faults(scratch))
