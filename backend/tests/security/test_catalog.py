"""Isolation as PostgreSQL's own catalog tells it, and that faults show."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.database.migration import Migrator
from capecontrol.main.features import metadata
from tests.security.catalog import faults, snapshot
from tests.servers import MIGRATING


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
    yield postgres.owner_dsn(name)
    postgres.run_sql(f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
async def migrated_url(fresh_url: str) -> str:
    """A database that the migrations made."""
    await Migrator(fresh_url).migrate(MIGRATING)
    return fresh_url


@pytest.fixture
async def scratch(migrated_url: str) -> AsyncIterator[AsyncConnection]:
    """A transaction in the migrated database, to break what it likes; nothing of it stays."""
    async with connected(migrated_url) as connection:
        yield connection
        await connection.rollback()


async def test_the_schema_isolates(migrated_url: str) -> None:
    async with connected(migrated_url) as connection:
        assert await faults(connection) == []


async def test_the_migrations_lead_to_the_models_schema(migrated_url: str, empty_database: str) -> None:
    """Also what Alembic does not compare, check constraints and partial indexes; ``faults`` looks at the rest."""
    async with connected(migrated_url) as connection:
        migrated = await snapshot(connection)
    async with connected(empty_database) as connection:
        await connection.run_sync(metadata.create_all)
        modelled = await snapshot(connection)
    assert migrated - modelled == set()
    assert modelled - migrated == set()


BROKEN = {
    "a policy is dropped": ("drop policy runtime on projects", "policy runtime of projects is missing"),
    "the policy for everybody is dropped": ("drop policy scope on projects", "policy scope of projects is missing"),
    "the policy for everybody lets everything through": (
        "alter policy scope on projects using (true)",
        "policy scope of projects",
    ),
    "a policy names the role that may drop it": (
        "alter policy scope on projects to capecontrol_runtime",
        "policy scope of projects is not the one",
    ),
    "a policy permits what it should restrict": (
        "drop policy runtime on projects; create policy runtime on projects to capecontrol_runtime "
        "using (org_id = (select app.current_org()))",
        "policy runtime of projects is not the one",
    ),
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
        "drop index ix_projects_org_id_created_at_id, ix_projects_org_id_updated_at_id, "
        "ix_projects_org_id_code_order_id, ix_projects_org_id_title_id; "
        "alter table projects drop constraint uq_projects_org_id_id cascade",
        "no index of projects begins with its owner",
    ),
    "a view of its owner's": ("create view leak as select * from projects", "view leak is not"),
    "a function of its owner's": (
        "create function app.leak() returns int language sql security definer as 'select 1'",
        "function leak runs with its owner's rights",
    ),
    "a function of its owner's for everybody": (
        "grant execute on function app.make_audit_partitions(int) to public",
        "function make_audit_partitions runs with its owner's rights for everybody",
    ),
    "a trigger is gone": ("drop trigger audit_events_append_only on audit_events", "trigger audit_events_append_only"),
    "a trigger does not fire": ("alter table outbox disable trigger outbox_notify", "trigger outbox_notify"),
    "a partition without row security": (
        "alter table partitions.audit_events_default disable row level security",
        "partition audit_events_default: row-level security",
    ),
    "a partition that a role may read": (
        "grant select on partitions.audit_events_default to capecontrol_runtime",
        "partition audit_events_default has grants",
    ),
    "a partition with a policy of its own": (
        "create policy generous on partitions.audit_events_default using (true)",
        "partition audit_events_default has grants or policies",
    ),
    "a partition whose past may change": (
        "alter table partitions.audit_events_default disable trigger audit_events_append_only",
        "partition audit_events_default: its triggers are []",
    ),
    "a schema of partitions that is open": (
        "grant usage on schema partitions to capecontrol_system",
        "capecontrol_system may enter the schema of partitions",
    ),
    "a schema of partitions that is open to all": (
        "grant usage on schema partitions to public",
        "PUBLIC may enter the schema of partitions",
    ),
    "a table among the partitions": (
        "create table partitions.leaks (id int)",
        "leaks in the schema of partitions belongs to no reviewed table",
    ),
    "nowhere to put what has no month": (
        "drop table partitions.audit_events_default",
        "audit_events has no default partition",
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
