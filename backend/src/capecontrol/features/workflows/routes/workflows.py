"""HTTP: deployed workflows and their runs."""

import uuid
from collections.abc import Iterable
from typing import Annotated

from starlette.responses import Response

from capecontrol.core.export.span import Part, Span
from capecontrol.core.http import PathId, Router, provided, requires, requires_units
from capecontrol.core.http.export import CSV, Export, requires_export
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.paging import paging, sorting
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.projects.interface import owned_projects
from capecontrol.features.workflows.actions.remove_workflow import remove_workflow
from capecontrol.features.workflows.actions.request_deployment import request_deployment
from capecontrol.features.workflows.actions.request_redeployment import request_redeployment
from capecontrol.features.workflows.actions.switch_workflow import switch_workflow
from capecontrol.features.workflows.actions.trigger_workflow import trigger_workflow
from capecontrol.features.workflows.dao.executions import EXECUTIONS, ExecutionDao
from capecontrol.features.workflows.dao.instances import WORKFLOWS, InstanceDao
from capecontrol.features.workflows.errors import EngineFailed, ProjectNotApproved, WrongStatus
from capecontrol.features.workflows.export import (
    CLIENT_EXECUTIONS_CSV,
    CLIENT_WORKFLOWS_CSV,
    EXECUTIONS_CSV,
    WORKFLOWS_CSV,
)
from capecontrol.features.workflows.filters import ExecutionFilter, WorkflowFilter
from capecontrol.features.workflows.lifecycle import WorkflowCommand
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.permissions import WORKFLOWS_DEPLOY, WORKFLOWS_READ, WORKFLOWS_TRIGGER
from capecontrol.features.workflows.ports import AutomationEngine
from capecontrol.features.workflows.schemas.workflows import (
    ExecutionAccepted,
    ExecutionOut,
    NewWorkflow,
    Redeployment,
    TriggerBody,
    WorkflowAccepted,
    WorkflowOut,
)

router = Router("workflows")

#: Each asks an n8n server, and waits for it.
SWITCHES = Limit("workflow-switches", per_second=1, burst=30, by=Subject.ACTOR)

Engine = Annotated[AutomationEngine, provided(AutomationEngine)]


workflow_for = lookup("workflow_id", lambda work, workflow_id: InstanceDao(work).require(workflow_id))
#: For who only reads it (``Dao.look``).
workflow_shown_for = lookup("workflow_id", lambda work, workflow_id: InstanceDao(work).look(workflow_id))


async def _answers(work: UnitOfWork, rows: Iterable[WorkflowInstance]) -> list[WorkflowOut]:
    workflows = list(rows)
    projects, runs = await work.transaction.together(
        owned_projects(work, {row.project_id for row in workflows}),
        ExecutionDao(work).runs_of(row.id for row in workflows),
    )
    is_staff = work.actor.realm is Realm.ADMIN
    return [WorkflowOut.of(row, projects[row.project_id], runs[row.id], is_staff=is_staff) for row in workflows]


@router.get("/api/workflows", operation_id="list_workflows", summary="List workflows")
async def list_workflows(
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
    wanted: Annotated[WorkflowFilter, filtering(WorkflowFilter)],
    query: Annotated[PageQuery, paging(WORKFLOWS)],
) -> Page[WorkflowOut]:
    """Return deployed workflows, newest first by default. Clients see their own."""
    rows = await InstanceDao(work).search(wanted, query)
    return rows.to_page(await _answers(work, rows.rows))


@router.get("/api/workflows/export.csv", operation_id="export_workflows", summary="Export workflows as CSV", **CSV)
async def export_workflows(
    export: Annotated[Export, requires_export(WORKFLOWS_READ)],
    wanted: Annotated[WorkflowFilter, filtering(WorkflowFilter)],
    sort: Annotated[str, sorting(WORKFLOWS)],
) -> Response:
    """Stream all workflows that match the filters. Clients get their own."""
    listed = WORKFLOWS_CSV if export.actor.realm is Realm.ADMIN else CLIENT_WORKFLOWS_CSV

    async def part(work: UnitOfWork, span: Span) -> Part:
        return await listed.part(work, span, sort, **InstanceDao(work).values(wanted))

    return export.of_parts(listed, sort, part)


@router.post(
    "/api/workflows",
    operation_id="deploy_workflow",
    summary="Deploy a workflow",
    status_code=202,
    problems=[ProjectNotApproved],
)
async def deploy(body: NewWorkflow, work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)]) -> WorkflowAccepted:
    """Start the deployment of a template for a project. The workflow's status shows how it goes."""
    row = await request_deployment(
        work,
        project_id=body.project_id,
        template_id=body.template_id,
        environment_id=body.environment_id,
        given=body.parameters,
    )
    return WorkflowAccepted.map_from(row)


@router.get("/api/workflows/{workflow_id}", operation_id="get_workflow", summary="Retrieve a workflow")
async def get_workflow(
    workflow: Annotated[WorkflowInstance, workflow_shown_for(WORKFLOWS_READ)],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
) -> WorkflowOut:
    """Return a deployed workflow."""
    return (await _answers(work, [workflow]))[0]


@router.post(
    "/api/workflows/{workflow_id}/trigger",
    operation_id="trigger_workflow",
    summary="Start a run",
    status_code=202,
    problems=[WrongStatus],
)
async def trigger(
    workflow: Annotated[WorkflowInstance, workflow_for(WORKFLOWS_TRIGGER)],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_TRIGGER)],
    body: TriggerBody | None = None,
) -> ExecutionAccepted:
    """Start a run of a workflow. The run's status shows how it goes."""
    execution = await trigger_workflow(work, workflow, dict(body.payload) if body else {})
    return ExecutionAccepted(execution_id=execution.id)


async def _switch(
    workflow_id: uuid.UUID, units: Units, engine: AutomationEngine, command: WorkflowCommand
) -> WorkflowOut:
    switched = await switch_workflow(units, engine, workflow_id, command)
    async with units.open() as work:
        return (await _answers(work, [switched]))[0]


@router.post(
    "/api/workflows/{workflow_id}/pause",
    operation_id="pause_workflow",
    summary="Pause a workflow",
    problems=[WrongStatus, EngineFailed],
)
async def pause(
    workflow_id: PathId, units: Annotated[Units, requires_units(WORKFLOWS_DEPLOY, limit=SWITCHES)], engine: Engine
) -> WorkflowOut:
    """Deactivate a workflow in n8n. It can't be started until it is resumed."""
    return await _switch(workflow_id, units, engine, WorkflowCommand.PAUSE)


@router.post(
    "/api/workflows/{workflow_id}/resume",
    operation_id="resume_workflow",
    summary="Resume a workflow",
    problems=[WrongStatus, EngineFailed],
)
async def resume(
    workflow_id: PathId, units: Annotated[Units, requires_units(WORKFLOWS_DEPLOY, limit=SWITCHES)], engine: Engine
) -> WorkflowOut:
    """Activate a paused workflow in n8n again."""
    return await _switch(workflow_id, units, engine, WorkflowCommand.RESUME)


@router.post(
    "/api/workflows/{workflow_id}/redeploy",
    operation_id="redeploy_workflow",
    summary="Redeploy a workflow",
    status_code=202,
    problems=[WrongStatus, ProjectNotApproved],
)
async def redeploy(
    workflow: Annotated[WorkflowInstance, workflow_for(WORKFLOWS_DEPLOY)],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)],
    body: Redeployment | None = None,
) -> WorkflowAccepted:
    """Start another deployment: after a failure, with other values, or from another version of the template."""
    change = body or Redeployment()
    await request_redeployment(work, workflow, template_id=change.template_id, given=change.parameters)
    return WorkflowAccepted.map_from(workflow)


@router.delete(
    "/api/workflows/{workflow_id}",
    operation_id="remove_workflow",
    summary="Remove a workflow",
    status_code=202,
    problems=[WrongStatus],
)
async def remove(
    workflow: Annotated[WorkflowInstance, workflow_for(WORKFLOWS_DEPLOY)],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)],
) -> WorkflowAccepted:
    """Remove a workflow, in n8n too. Its runs remain in the log."""
    await remove_workflow(work, workflow)
    return WorkflowAccepted.map_from(workflow)


@router.get(
    "/api/workflows/{workflow_id}/executions",
    operation_id="list_workflow_executions",
    summary="List a workflow's runs",
)
async def list_executions(
    workflow: Annotated[WorkflowInstance, workflow_shown_for(WORKFLOWS_READ)],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
    wanted: Annotated[ExecutionFilter, filtering(ExecutionFilter)],
    query: Annotated[PageQuery, paging(EXECUTIONS)],
) -> Page[ExecutionOut]:
    """Return the runs of a workflow, newest first by default."""
    rows = await ExecutionDao(work).of_workflow(workflow.id, wanted, query)
    is_staff = work.actor.realm is Realm.ADMIN
    return rows.to_page([ExecutionOut.of(row, is_staff=is_staff) for row in rows.rows])


@router.get(
    "/api/workflows/{workflow_id}/executions/export.csv",
    operation_id="export_executions",
    summary="Export a workflow's runs as CSV",
    **CSV,
)
async def export_executions(
    export: Annotated[Export, requires_export(WORKFLOWS_READ)],
    workflow: Annotated[WorkflowInstance, workflow_shown_for(WORKFLOWS_READ)],
    wanted: Annotated[ExecutionFilter, filtering(ExecutionFilter)],
    sort: Annotated[str, sorting(EXECUTIONS)],
) -> Response:
    """Stream all runs of a workflow that match the filters."""
    listed = EXECUTIONS_CSV if export.actor.realm is Realm.ADMIN else CLIENT_EXECUTIONS_CSV
    return export.of(listed, sort, workflow_id=workflow.id, **wanted.values())
