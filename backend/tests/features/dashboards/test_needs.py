"""What an operator is shown of what did not work."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.features.notifications.ports import Mailer
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from tests.features.dashboards.test_dashboard import dashboard
from tests.features.proposals.builders import build_sent_proposal
from tests.features.proposals.carriers import Postbox
from tests.features.system.builders import build_dead_letter
from tests.features.workflows.builders import build_executions, build_workflow
from tests.kept_ports import kept
from tests.outbox_drain import Drain
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
    """Let the workflow's runs that went well have ended otherwise, a while ago."""
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

    assert page["failures"]["failed_executions"] == 2
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
    assert figure["failed_executions"] == sum(row["recent_failures"] for row in listed["items"]) == 3


async def test_runs_of_a_removed_workflow_need_nobody(world: World) -> None:
    workflow_id = await build_workflow(world)
    await build_executions(world, workflow_id, 1)
    await fail(world, workflow_id, days_ago=1)
    assert await needs(world, "FAILED_EXECUTION")

    await world.sql("update workflow_instances set status = 'REMOVED' where id = :id", id=workflow_id)

    assert await needs(world, "FAILED_EXECUTION") == []


async def test_what_is_broken_stands_before_what_waits_for_a_new_proposal(world: World) -> None:
    await decide(world, "decline", {})
    await build_workflow(world, WorkflowStatus.FAILED)
    workflow_id = await build_workflow(world)
    await build_executions(world, workflow_id, 1)
    await fail(world, workflow_id, days_ago=1)

    shown = (await dashboard(world.operator))["needs_you"]

    assert [need["kind"] for need in shown] == ["FAILED_DEPLOYMENT", "FAILED_EXECUTION", "PROPOSAL_DECLINED"]


@pytest.mark.parametrize("is_away_for", [timedelta(minutes=59), timedelta(minutes=61)])
async def test_mails_that_have_failed_for_an_hour_are_told_and_no_more_once_they_arrive(
    is_away_for: timedelta, world: World, drain: Drain, ports: Ports
) -> None:
    with kept(ports, Mailer):
        postbox = Postbox()
        postbox.is_away = True
        ports.provide(Mailer, postbox)
        await world.member(Role.OWNER)
        for _ in range(2):
            await build_sent_proposal(world)
        await drain()
        await drain.make_due()
        await drain()
        await world.sql(
            "update outbox set created_at = now() - cast(:age as interval) where last_error is not null",
            age=is_away_for,
        )
        told = await needs(world, "MAILS_FAILING")
        if is_away_for > timedelta(hours=1):
            [need] = told
            assert (need["title"], need["link"]) == ("2 e-mails haven’t been delivered yet", "/admin/system")
            assert need["reason"] == "The mail server didn’t respond. We keep trying for about four days."
        else:
            assert told == []

        postbox.is_away = False
        await drain.make_due()
        await drain()
    assert await needs(world, "MAILS_FAILING") == []


async def test_a_mail_that_was_given_up_fails_no_more(world: World) -> None:
    await build_dead_letter(world)
    await world.sql("update outbox set created_at = now() - interval '5 days'")
    assert (await needs(world, "MAILS_FAILING"), len(await needs(world, "DEAD_LETTERS"))) == ([], 1)


async def test_a_failed_deployment_names_workflow_client_and_reason(world: World) -> None:
    latest, earlier = [await build_workflow(world, WorkflowStatus.FAILED) for _ in range(2)]
    told = "update workflow_instances set failure_reason = :reason, updated_at = :at where id = :id"
    now = datetime.now(UTC)
    await world.sql(told, id=latest, reason="The n8n server couldn't be reached.", at=now)
    await world.sql(told, id=earlier, reason=None, at=now - timedelta(days=1))

    shown = await needs(world, "FAILED_DEPLOYMENT")

    workflow = (await world.operator.client.get(f"/api/workflows/{latest}")).json()
    other = (await world.operator.client.get(f"/api/workflows/{earlier}")).json()
    name, project = workflow["name"], workflow["project"]["id"]
    assert [(need["title"], need["reason"]) for need in shown] == [
        (f"Deployment failed: {name}", "The n8n server couldn't be reached."),
        (f"Deployment failed: {other['name']}", "n8n gave no reason."),
    ]
    assert shown[0]["link"] == f"/projects/{project}?tab=workflows"
    assert shown[0]["organization"]["id"] == str(world.own)


async def test_deployments_beyond_ten_that_failed_have_one_row_with_their_number(world: World) -> None:
    for _ in range(11):
        await build_workflow(world, WorkflowStatus.FAILED)
    *each, others = await needs(world, "FAILED_DEPLOYMENT")
    assert {need["title"].partition(":")[0] for need in each} == {"Deployment failed"}
    assert len(each) == 10
    assert (others["title"], others["link"]) == ("1 more deployment failed", "/admin/workflows?status=FAILED")


async def test_what_was_given_up_has_one_row_with_its_number(world: World) -> None:
    await build_dead_letter(world)
    [letter] = await needs(world, "DEAD_LETTERS")
    assert letter["title"] == "1 message wasn’t delivered"

    await build_dead_letter(world)
    [letter] = await needs(world, "DEAD_LETTERS")

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
