"""What an operator is shown of what did not work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.builders import build_sent_proposal
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
    workflow = (await world.operator.client.get(f"/api/workflows/{workflow_id}")).json()
    link = f"/projects/{workflow['project']['id']}?tab=workflows"
    assert [(need["title"], need["reason"], need["link"]) for need in shown] == [
        (f"2 runs failed: {workflow['name']}", "ERROR of day 5", link)
    ]


async def test_a_run_that_was_noted_late_does_not_hide_the_latest(world: World) -> None:
    workflow_id = await build_workflow(world)
    for days in (1, 3, 9):
        await build_executions(world, workflow_id, 1)
        await fail(world, workflow_id, days_ago=days)

    (shown,) = await needs(world, "FAILED_EXECUTION")

    assert (shown["title"].partition(":")[0], shown["reason"]) == ("3 runs failed", "ERROR of day 1")


async def test_workflows_that_fail_have_a_row_each_the_latest_first(world: World) -> None:
    for days in (3, 1, 2):
        workflow_id = await build_workflow(world)
        await build_executions(world, workflow_id, 1)
        await fail(world, workflow_id, days_ago=days)

    shown = await needs(world, "FAILED_EXECUTION")

    assert [need["reason"] for need in shown] == ["ERROR of day 1", "ERROR of day 2", "ERROR of day 3"]
    assert all(need["title"].startswith("2 runs failed: ") for need in shown)


async def test_the_figure_of_failures_is_what_its_link_lists(world: World) -> None:
    await build_workflow(world)
    old, failing, removed = [await build_workflow(world) for _ in range(3)]
    undeployed = await build_workflow(world, WorkflowStatus.FAILED)
    for workflow_id, days in ((old, 8), (failing, 6), (removed, 1)):
        await build_executions(world, workflow_id, 2)
        await fail(world, workflow_id, days_ago=days)
    await world.sql("update workflow_instances set status = 'REMOVED' where id = :id", id=removed)

    figure = (await dashboard(world.operator))["failures"]
    listed = (await world.operator.client.get("/api/workflows?failing=true")).json()

    assert figure["link"] == "/admin/workflows?failing=yes"
    assert {row["id"] for row in listed["items"]} == {failing, undeployed}
    assert figure["count"] == listed["total"] == 2


async def test_what_is_broken_stands_before_what_waits_for_a_new_proposal(world: World) -> None:
    await decide(world, "decline", {})
    await build_workflow(world, WorkflowStatus.FAILED)
    workflow_id = await build_workflow(world)
    await build_executions(world, workflow_id, 1)
    await fail(world, workflow_id, days_ago=1)

    shown = (await dashboard(world.operator))["needs_you"]

    assert [need["kind"] for need in shown] == ["FAILED_DEPLOYMENT", "FAILED_EXECUTION", "PROPOSAL_DECLINED"]


async def test_what_was_given_up_has_one_row_with_its_number(world: World) -> None:
    await build_workflow(world, WorkflowStatus.FAILED)
    await build_dead_letter(world)
    [deployment], [letter] = await needs(world, "FAILED_DEPLOYMENT"), await needs(world, "DEAD_LETTERS")
    assert deployment["title"] == "1 deployment failed"
    assert letter["title"] == "1 message wasn’t delivered"

    await build_workflow(world, WorkflowStatus.FAILED)
    await build_dead_letter(world)
    [deployment], [letter] = await needs(world, "FAILED_DEPLOYMENT"), await needs(world, "DEAD_LETTERS")

    assert (deployment["title"], deployment["link"]) == (
        "2 deployments failed",
        "/admin/workflows?status=FAILED",
    )
    assert (letter["title"], letter["link"]) == ("2 messages weren’t delivered", "/admin/system")


async def decide(world: World, step: str, body: dict[str, Any]) -> dict[str, Any]:
    """Let the client decide on a proposal that was sent to it; return the proposal."""
    proposal_id = await build_sent_proposal(world)
    owner = await world.member(Role.OWNER)
    answer = await owner.client.post(f"/api/proposals/{proposal_id}/{step}", body)
    assert answer.status_code == 200, answer.text
    return dict((await world.operator.client.get(f"/api/proposals/{proposal_id}")).json())


async def test_changes_lead_to_the_draft_of_the_next_version(world: World) -> None:
    asked = await decide(world, "request-changes", {"message": "Two phases"})
    versions = (await world.operator.client.get(f"/api/proposals?project_id={asked['project_id']}")).json()["items"]
    [draft] = [one for one in versions if one["version"] == asked["version"] + 1]

    [need] = await needs(world, "CHANGES_REQUESTED")

    assert (need["link"], need["reason"]) == (f"/proposals/{draft['id']}", "“Two phases”")
    assert (await world.operator.client.post(f"/api/proposals/{draft['id']}/send")).status_code == 200
    assert await needs(world, "CHANGES_REQUESTED") == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "Create a new proposal, or archive the project."),
        ({"reason": "Too dear"}, "The client wrote: “Too dear”. Create a new proposal, or archive the project."),
        ({"reason": "Too dear."}, "The client wrote: “Too dear.” Create a new proposal, or archive the project."),
    ],
)
async def test_what_was_declined_needs_somebody_until_another_version_is_written(
    body: dict[str, Any], reason: str, world: World
) -> None:
    declined = await decide(world, "decline", body)

    [need] = await needs(world, "PROPOSAL_DECLINED")

    project = (await world.operator.client.get(f"/api/projects/{declined['project_id']}")).json()
    assert need["title"] == f"Proposal declined: {project['title']} v1 ({project['code']})"
    assert (need["reason"], need["link"]) == (reason, f"/projects/{declined['project_id']}")
    assert need["amount"] == declined["total"]
    another = {name: declined[name] for name in ("project_id", "title")}
    lines = [{"description": "Setup", "quantity": 1, "unit_price": declined["total"], "tax_rate": "15"}]
    made = await world.operator.client.post("/api/proposals", {**another, "line_items": lines})
    assert made.status_code == 201, made.text
    assert await needs(world, "PROPOSAL_DECLINED") == []


async def test_what_was_declined_needs_nobody_once_its_project_is_archived(world: World) -> None:
    declined = await decide(world, "decline", {})
    assert len(await needs(world, "PROPOSAL_DECLINED")) == 1
    step = {"status": "ARCHIVED", "override": True, "reason": "The client went elsewhere"}
    answer = await world.operator.client.post(f"/api/projects/{declined['project_id']}/status", step)
    assert answer.status_code == 200, answer.text
    assert await needs(world, "PROPOSAL_DECLINED") == []


async def test_what_expired_needs_somebody(world: World) -> None:
    proposal_id = await build_sent_proposal(world)
    await world.sql(
        "update proposals set status = 'EXPIRED', valid_until = '2026-11-20T21:59:59Z' where id = :id", id=proposal_id
    )
    proposal = (await world.operator.client.get(f"/api/proposals/{proposal_id}")).json()

    [need] = await needs(world, "PROPOSAL_EXPIRED")

    project = (await world.operator.client.get(f"/api/projects/{proposal['project_id']}")).json()
    assert need["title"] == f"Proposal expired: {project['title']} v1 ({project['code']})"
    assert (
        need["reason"]
        == "The client didn’t respond by 20 November 2026. Create a new proposal, or archive the project."
    )


async def test_clients_are_not_asked_to_go_on_with_what_they_declined(world: World) -> None:
    await decide(world, "decline", {})
    assert (await dashboard(await world.member(Role.OWNER)))["needs_you"] == []
