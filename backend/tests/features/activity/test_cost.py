"""However long the history is: timelines and dashboards read what they show through the index made for them."""

import uuid
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from tests.asked_statements import asked_statements
from tests.people import SYSTEM, People, Person

ROWS = 20_000
#: One subject in a hundred is the project that is asked for; the organization has a tenth of all entries. Every third
#: entry is a run's end and every seventh of the others its start, so that some are one line with others of their day.
FILL = """
insert into activity_entries (id, org_id, occurred_at, kind, visibility, outcome, actor_type, subject_type, subject_id,
  resource_type, resource_id, data, created_at)
select gen_random_uuid(), case when n % 10 = 0 then cast(:org_id as uuid) else cast(:other as uuid) end,
  now() - n * interval '1 minute',
  case when n % 3 = 0 then 'execution.finished' when n % 7 = 0 then 'execution.requested' else 'project.updated' end,
  case when n % 2 = 0 then 'CLIENT' else 'STAFF' end, 'SUCCESS',
  'SYSTEM', 'project', case when n % 100 = 0 then cast(:project_id as uuid) else gen_random_uuid() end, 'project',
  gen_random_uuid(), jsonb_build_object('template', case when n % 3 = 0 or n % 7 = 0 then 'Harbour sync' end), now()
from generate_series(1, :rows) n
"""
Plans = Callable[[Person, str], Awaitable[str]]


@pytest.fixture
async def project(people: People, factory: UnitOfWorkFactory, owner_url: str) -> tuple[uuid.UUID, uuid.UUID]:
    """A project with two hundred entries among twenty thousand: its organization's id and its own."""
    operator, org_id, other = await people.operator(), await people.organization(), await people.organization("Other")
    made = await operator.client.post("/api/projects", {"org_id": str(org_id), "title": "Lead capture"})
    project_id = uuid.UUID(made.json()["id"])
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text(FILL), {"org_id": org_id, "other": other, "project_id": project_id, "rows": ROWS}
        )
    async with create_async_engine(owner_url, poolclass=NullPool).begin() as connection:
        await connection.exec_driver_sql("analyze activity_entries")
    return org_id, project_id


@pytest.fixture
def plans(factory: UnitOfWorkFactory) -> Plans:
    """Returns how PostgreSQL answers what a person's request asks of the activity."""

    async def explain(person: Person, path: str) -> str:
        with asked_statements(factory) as asked:
            answer = await person.client.get(path)
        assert answer.status_code == 200, answer.text
        scope: Scope = OrganizationScope(person.org_id) if person.org_id else PlatformScope("tests")
        async with factory.unit(SYSTEM, scope) as work:
            plans = await asked.plans(work, lambda statement: "activity_entries" in statement)
        assert plans
        return "\n".join(plans)

    return explain


@pytest.mark.parametrize(
    ("role", "index"),
    [(Role.OWNER, "ix_activity_entries_org_id_subject"), (Role.OPERATOR, "ix_activity_entries_subject")],
)
async def test_a_timeline_reads_its_index(
    role: Role, index: str, people: People, project: tuple[uuid.UUID, uuid.UUID], plans: Plans
) -> None:
    org_id, project_id = project
    person = await people.person(role, org_id if role is Role.OWNER else None)

    plan = await plans(person, f"/api/projects/{project_id}/activity?limit=50")

    assert "Seq Scan" not in plan, plan
    assert index in plan, plan


@pytest.mark.parametrize(
    ("role", "index"),
    [(Role.OWNER, "ix_activity_entries_org_id_occurred_at_id"), (Role.OPERATOR, "ix_activity_entries_occurred_at_id")],
)
async def test_a_dashboard_reads_its_index(
    role: Role, index: str, people: People, project: tuple[uuid.UUID, uuid.UUID], plans: Plans
) -> None:
    person = await people.person(role, project[0] if role is Role.OWNER else None)

    plan = await plans(person, "/api/dashboard")

    # The page's other reads are in the same statement.
    assert "Seq Scan on activity_entries" not in plan, plan
    assert index in plan, plan
