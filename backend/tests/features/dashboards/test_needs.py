"""What an operator is shown of what did not work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from capecontrol.features.workflows.lifecycle import WorkflowStatus
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.system.builders import build_dead_letter
from tests.features.workflows.builders import build_executions, build_workflow
from tests.people import People
from tests.security.world import World

#: More than are looked at.
MANY = 60


@pytest.fixture
async def world(people: People, owner_url: str) -> World:
    return await World.make(people, owner_url)


async def needs(world: World, kind: str) -> list[dict[str, Any]]:
    return [need for need in (await dashboard(world.operator))["needs_you"] if need["kind"] == kind]


async def fail(world: World, workflow_id: str, *, days_ago: int, status: str = "ERROR") -> None:
    """Let the workflow's runs that went well have ended badly, a while ago."""
    await world.sql(
        "update executions set status = :status, error_message = :message, started_at = :began, created_at = :began"
        " where workflow_id = :id and status = 'SUCCESS'",
        id=workflow_id, began=datetime.now(UTC) - timedelta(days=days_ago), status=status,
        message=f"{status} of day {days_ago}",
    )  # fmt: skip


async def test_a_failure_of_the_week_is_shown_behind_any_number_of_runs_that_went_well(world: World) -> None:
    workflow_id = await build_workflow(world)
    for days in (8, 6, 5):
        await fail(world, workflow_id, days_ago=days)
        await build_executions(world, workflow_id, 1)
    await fail(world, workflow_id, days_ago=4, status="CANCELED")
    await build_executions(world, workflow_id, MANY)

    page = await dashboard(world.operator)
    shown = await needs(world, "FAILED_EXECUTION")

    assert page["failures"]["failed_executions"] == 3
    assert [need["reason"] for need in shown] == ["ERROR of day 5", "ERROR of day 6"]
    workflow = (await world.operator.client.get(f"/api/workflows/{workflow_id}")).json()
    assert {(need["title"], need["link"]) for need in shown} == {
        (f"Run failed: {workflow['name']}", f"/projects/{workflow['project']['id']}")
    }


async def test_what_was_given_up_has_one_row_with_its_number(world: World) -> None:
    await build_workflow(world, WorkflowStatus.FAILED)
    await build_dead_letter(world)
    [deployment], [letter] = await needs(world, "FAILED_DEPLOYMENT"), await needs(world, "DEAD_LETTERS")
    assert deployment["title"] == "1 workflow is not deployed"
    assert letter["title"] == "1 message was not delivered"

    await build_workflow(world, WorkflowStatus.FAILED)
    await build_dead_letter(world)
    [deployment], [letter] = await needs(world, "FAILED_DEPLOYMENT"), await needs(world, "DEAD_LETTERS")

    assert (deployment["title"], deployment["link"]) == (
        "2 workflows are not deployed",
        "/admin/workflows?status=FAILED",
    )
    assert (letter["title"], letter["link"]) == ("2 messages were not delivered", "/admin/system")
