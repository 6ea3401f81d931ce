"""Fixtures for activity: an installation of release 0.1.0 with a history, and the application after its upgrade."""

import json
import secrets
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.wiring import build_factory, build_ports
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.migration import Migrator
from capecontrol.main.settings import Settings
from tests.features.activity.history import ACTS, NAMES, OPERATOR, OWNER, Act
from tests.people import People

FIRST_RELEASE = "20261121_0700"
CONSENT = Consent(is_given=True, environment="test")
BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)

ORGANIZATION = """
insert into organizations (id, name, domain, plan, status, settings, created_at, updated_at)
values (:id, 'Harbour Logistics', 'harbour', 'FREE', 'ACTIVE', '{}', :at, :at)
"""
PROJECT = """
insert into projects (id, org_id, code, title, description, status, revision, created_at, updated_at)
values (:id, :org_id, :code, 'Lead capture', '', 'IN_PROGRESS', 1, :at, :at)
"""
PERSON = """
insert into users (id, org_id, email, full_name, role, status, created_at, updated_at)
values (:id, :org_id, :email, :name, :role, 'ACTIVE', :at, :at)
"""
EVENT = """
insert into audit_events (id, org_id, occurred_at, actor_type, actor_id, actor_label, action, resource_type,
  resource_id, outcome, ip_address, request_id, metadata, created_at{names})
values (:id, :org_id, :at, :actor_type, :actor_id, :actor_label, :action, :resource_type, :resource_id, :outcome,
  '203.0.113.7', 'request', cast(:metadata as jsonb), :at{values})
"""


@dataclass
class Installation:
    """A database that release 0.1.0 made and wrote into."""

    url: str
    org_id: uuid.UUID
    project_id: uuid.UUID
    #: Ids of accounts by their addresses.
    people: dict[str, uuid.UUID] = field(default_factory=dict)

    async def sql(self, statement: str, **values: object) -> list[dict[str, object]]:
        """Run a statement as the system role."""
        engine = create_async_engine(self.url)
        async with engine.begin() as connection:
            await connection.exec_driver_sql("set local role capecontrol_system")
            result = await connection.execute(text(statement), values)
            rows = [dict(row) for row in result.mappings()] if result.returns_rows else []
        await engine.dispose()
        return rows

    async def record(self, act: Act, at: datetime, **more: object) -> None:
        """Write an audit event as 0.1.0 did, or with more columns."""
        is_project = act.resource == "project"
        names, values = "".join(f", {name}" for name in more), "".join(f", :{name}" for name in more)
        await self.sql(
            EVENT.format(names=names, values=values),
            id=new_id(),
            org_id=self.org_id,
            at=at,
            actor_type="USER" if act.actor else "SYSTEM",
            actor_id=str(self.people.get(act.actor, new_id())) if act.actor else None,
            actor_label=act.actor or "outbox: workflows.deploy",
            action=act.action,
            resource_type=act.resource,
            resource_id=str(self.project_id if is_project else uuid.uuid4()),
            outcome=act.outcome,
            metadata=json.dumps(act.metadata if is_project else {**act.metadata, "project_id": str(self.project_id)}),
            **more,
        )

    async def migrate(self, to: str = "head") -> None:
        """Bring it up to a revision, by default to today's schema."""
        await Migrator(self.url).migrate(CONSENT, to)

    async def entries(self) -> int:
        """Count the entries of all subjects."""
        return int(str((await self.sql("select count(*) as n from activity_entries"))[0]["n"]))


@pytest.fixture
def database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The URL of a database without a schema, for the login that owns it."""
    name = f"activity_{secrets.token_hex(6)}"
    postgres.run_sql(f'create database "{name}" owner capecontrol')
    yield postgres.owner_dsn(name)
    postgres.run_sql(f'drop database "{name}" with (force)')


@pytest.fixture
async def installation(database: str) -> Installation:
    """An installation of 0.1.0 with one project and its whole history."""
    await Migrator(database).migrate(CONSENT, FIRST_RELEASE)
    made = Installation(database, new_id(), new_id())
    await made.sql(ORGANIZATION, id=made.org_id, at=BEGIN)
    await made.sql(PROJECT, id=made.project_id, org_id=made.org_id, code="PRJ-2026-001", at=BEGIN)
    for email, role, home in ((OPERATOR, "OPERATOR", None), (OWNER, "OWNER", made.org_id)):
        made.people[email] = new_id()
        await made.sql(PERSON, id=made.people[email], org_id=home, email=email, name=NAMES[email], role=role, at=BEGIN)
    for number, act in enumerate(ACTS):
        await made.record(act, BEGIN + timedelta(hours=number))
    return made


@pytest.fixture
async def upgraded(installation: Installation, settings: Settings, factory: UnitOfWorkFactory) -> AsyncIterator[People]:
    """People who use the installation after its upgrade."""
    await installation.migrate()
    own = settings.model_copy(update={"database_url": SecretStr(installation.url)})
    built = build_factory(own)
    ports = build_ports(own, built)
    async with built.database as database:
        moved = replace(factory, database=database)
        yield People(create_app(own, factory=moved, ports=ports), moved, ports)
    await ports.get(Redis).aclose()
