"""What lists say of how workflows run: the last run by its start, and how many failed within a week."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from capecontrol.core.permissions import Role
from tests.features.workflows.builders import build_executions, build_workflow
from tests.people import People
from tests.security.world import World

#: More than are counted.
MANY = 105


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


async def end(world: World, workflow_id: str, status: str, *, days_ago: int) -> str:
    """Let the workflow's runs that went well have ended otherwise, a while ago; return when they began."""
    began = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days_ago)
    await world.sql(
        "update executions set status = :status, started_at = :began where workflow_id = :id and status = 'SUCCESS'",
        id=workflow_id, status=status, began=began,
    )  # fmt: skip
    return began.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.USER])
async def test_a_workflow_tells_its_last_run_and_its_failures_of_the_week(role: Role, world: World) -> None:
    workflow_id, other = await build_workflow(world), await build_workflow(world)
    for status, days in (("ERROR", 8), ("CANCELED", 6), ("RUNNING", 3), ("ERROR", 2)):
        last = await end(world, workflow_id, status, days_ago=days)
        await build_executions(world, workflow_id, 1)
    await world.sql("delete from executions where workflow_id = :id and status = 'SUCCESS'", id=workflow_id)
    await world.sql("delete from executions where workflow_id = :id", id=other)
    reader = world.operator if role is Role.OPERATOR else await world.member(role)

    listed = {row["id"]: row for row in (await reader.client.get("/api/workflows")).json()["items"]}
    one = (await reader.client.get(f"/api/workflows/{workflow_id}")).json()
    file = (await reader.client.get("/api/workflows/export.csv")).text.removeprefix("\ufeff")
    written = {row["id"]: row for row in csv.DictReader(StringIO(file))}

    assert listed[workflow_id]["last_run"] == one["last_run"] == {"status": "ERROR", "started_at": last}
    assert listed[workflow_id]["recent_failures"] == one["recent_failures"] == 1
    assert (listed[other]["last_run"], listed[other]["recent_failures"]) == (None, 0)
    assert [written[workflow_id][name] for name in ("last_run_status", "recent_failures")] == ["ERROR", "1"]
    assert written[workflow_id]["last_run_at"].startswith(last.removesuffix("Z"))
    assert [written[other][name] for name in ("last_run_status", "last_run_at", "recent_failures")] == ["", "", "0"]


async def test_failures_are_counted_up_to_a_bound(world: World) -> None:
    workflow_id = await build_workflow(world)
    await build_executions(world, workflow_id, MANY)
    await end(world, workflow_id, "ERROR", days_ago=1)

    assert (await world.operator.client.get(f"/api/workflows/{workflow_id}")).json()["recent_failures"] == 100
