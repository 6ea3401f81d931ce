"""HTTP: workflows, and their environments, templates and callbacks."""

import uuid
from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Header, Query

from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.http import PathId, Router, provided, public, requires, requires_units
from capecontrol.core.http.signed_body import SignedBody, SignedHeader, raw_body
from capecontrol.core.pagination import Page, PageQuery
from capecontrol.core.permissions import Realm
from capecontrol.core.problems import Invalid
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.projects.interface import project_facts
from capecontrol.features.workflows.actions import manage_environments, manage_templates
from capecontrol.features.workflows.actions.receive_callback import ReportedRun, verify_callback
from capecontrol.features.workflows.actions.receive_callback import receive_callback as store_callback
from capecontrol.features.workflows.actions.request_deployment import request_deployment, request_redeployment
from capecontrol.features.workflows.actions.switch_workflow import remove_workflow, switch_workflow
from capecontrol.features.workflows.actions.trigger_workflow import trigger_workflow as start_run
from capecontrol.features.workflows.dao import (
    EnvironmentDao,
    ExecutionDao,
    InstanceDao,
    TemplateDao,
    WorkflowFilter,
)
from capecontrol.features.workflows.definition.graph import RESPOND, name_of, nodes_of, of_type
from capecontrol.features.workflows.definition.literals import literals_of, slots_of
from capecontrol.features.workflows.definition.reading import read_file, trigger_of
from capecontrol.features.workflows.errors import (
    CallbackRefused,
    EngineFailed,
    EnvironmentInUse,
    ProjectNotApproved,
    TemplateSuperseded,
    WrongStatus,
)
from capecontrol.features.workflows.lifecycle import ExecutionStatus, Step, WorkflowStatus
from capecontrol.features.workflows.models import N8nEnvironment, WorkflowInstance, WorkflowTemplate
from capecontrol.features.workflows.permissions import (
    ENVIRONMENTS_MANAGE,
    TEMPLATES_MANAGE,
    WORKFLOWS_DEPLOY,
    WORKFLOWS_READ,
    WORKFLOWS_TRIGGER,
)
from capecontrol.features.workflows.ports import AutomationEngine
from capecontrol.features.workflows.schemas import (
    Callback,
    CallbackReceipt,
    EnvironmentEdit,
    EnvironmentOut,
    ExecutionAccepted,
    ExecutionOut,
    Inspection,
    InspectionOut,
    NewEnvironment,
    NewTemplate,
    NewWorkflow,
    Redeployment,
    TemplateEdit,
    TemplateOut,
    TemplateSummary,
    TriggerBody,
    WorkflowAccepted,
    WorkflowOut,
)
from capecontrol.features.workflows.stored import parameters_of

router = Router("workflows")

Engine = Annotated[AutomationEngine, provided(AutomationEngine)]


# --- environments ---------------------------------------------------------------------------------------------------


async def managed_environment(
    environment_id: PathId, work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)]
) -> N8nEnvironment:
    """Look an environment up, before the body is validated."""
    return await EnvironmentDao(work).require(environment_id)


Environment = Annotated[N8nEnvironment, Depends(managed_environment, scope="function")]


@router.get(
    "/api/workflows/environments", operation_id="list_workflow_environments", summary="List the connected n8n servers"
)
async def list_environments(
    work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)], paging: Annotated[PageQuery, Depends()]
) -> Page[EnvironmentOut]:
    """Return the environments, newest first; never their keys."""
    rows = await EnvironmentDao(work).list(paging)
    return rows.to_page([EnvironmentOut.of(row) for row in rows.rows])


@router.post(
    "/api/workflows/environments",
    operation_id="create_workflow_environment",
    summary="Connect an n8n server",
    status_code=201,
)
async def create_environment(
    body: NewEnvironment, units: Annotated[Units, requires_units(ENVIRONMENTS_MANAGE)], engine: Engine
) -> EnvironmentOut:
    """Check the connection, seal the key, and store both; a server that does not answer yet is stored too."""
    row = await manage_environments.connect_environment(
        units, engine, name=body.name, base_url=body.base_url, api_key=body.api_key, is_active=body.is_active
    )
    return EnvironmentOut.of(row)


@router.get(
    "/api/workflows/environments/{environment_id}",
    operation_id="get_workflow_environment",
    summary="Show a connected n8n server",
)
async def get_environment(environment: Environment) -> EnvironmentOut:
    """Return one environment, without its key."""
    return EnvironmentOut.of(environment)


@router.patch(
    "/api/workflows/environments/{environment_id}",
    operation_id="update_workflow_environment",
    summary="Change a connected n8n server",
)
async def update_environment(
    environment: Environment,
    body: EnvironmentEdit,
    work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)],
    engine: Engine,
) -> EnvironmentOut:
    """Change name, address, key, or switch it on and off."""
    await manage_environments.edit_environment(
        work,
        environment,
        name=body.name,
        base_url=manage_environments.plain_address(engine, body.base_url) if body.base_url is not None else None,
        api_key=body.api_key,
        is_active=body.is_active,
    )
    return EnvironmentOut.of(environment)


@router.delete(
    "/api/workflows/environments/{environment_id}",
    operation_id="delete_workflow_environment",
    summary="Forget an n8n server",
    status_code=204,
    problems=[EnvironmentInUse],
)
async def delete_environment(
    environment: Environment, work: Annotated[UnitOfWork, requires(ENVIRONMENTS_MANAGE)]
) -> None:
    """Delete an environment where nothing was ever deployed, and its key."""
    await manage_environments.delete_environment(work, environment)


@router.post(
    "/api/workflows/environments/{environment_id}/test",
    operation_id="test_workflow_environment",
    summary="Check the connection to an n8n server",
)
async def test_environment(
    environment_id: PathId, units: Annotated[Units, requires_units(ENVIRONMENTS_MANAGE)], engine: Engine
) -> EnvironmentOut:
    """Ask the server who it is, with the stored key, and keep how it went."""
    return EnvironmentOut.of(await manage_environments.check_environment(units, engine, environment_id))


# --- templates ------------------------------------------------------------------------------------------------------


async def managed_template(
    template_id: PathId, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]
) -> WorkflowTemplate:
    """Look a template's version up, before the body is validated."""
    return await TemplateDao(work).require(template_id)


Template = Annotated[WorkflowTemplate, Depends(managed_template, scope="function")]


@router.get("/api/workflows/templates", operation_id="list_workflow_templates", summary="List the workflow templates")
async def list_templates(
    work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)],
    paging: Annotated[PageQuery, Depends()],
    category: Annotated[str | None, Query(max_length=60)] = None,
) -> Page[TemplateSummary]:
    """Return the current version of each template, newest first."""
    rows = await TemplateDao(work).current(paging, category=category)
    return rows.to_page([TemplateSummary.of(row) for row in rows.rows])


@router.post(
    "/api/workflows/templates",
    operation_id="create_workflow_template",
    summary="Make a template of a workflow file",
    status_code=201,
)
async def create_template(body: NewTemplate, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]) -> TemplateOut:
    """Import an n8n workflow file, and say which of its values each deployment decides."""
    parameters = [one.to_parameter() for one in body.parameters]
    draft = manage_templates.draft_of(body.name, body.description, body.category, body.definition, parameters)
    return TemplateOut.of(await manage_templates.add_template(work, draft))


@router.post(
    "/api/workflows/templates/inspect",
    operation_id="inspect_workflow_file",
    summary="Look into a workflow file",
)
async def inspect_file(body: Inspection, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]) -> InspectionOut:
    """Return the values of an n8n workflow file that can be made parameters; nothing is stored."""
    definition = read_file(body.definition)
    await work.record(
        "workflow_template.inspected", resource=("workflow_template", None), metadata={"name": definition["name"]}
    )
    return InspectionOut.of(
        name=str(definition["name"]),
        trigger=name_of(trigger_of(definition)),
        nodes=len(nodes_of(definition)),
        has_own_response=bool(of_type(definition, RESPOND)),
        literals=literals_of(definition),
        slots=slots_of(definition),
    )


@router.get(
    "/api/workflows/templates/{template_id}", operation_id="get_workflow_template", summary="Show a workflow template"
)
async def get_template(template: Template) -> TemplateOut:
    """Return one version of a template, with its definition."""
    return TemplateOut.of(template)


@router.patch(
    "/api/workflows/templates/{template_id}",
    operation_id="update_workflow_template",
    summary="Make a template's next version",
    problems=[TemplateSuperseded],
)
async def update_template(
    template: Template, body: TemplateEdit, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]
) -> TemplateOut:
    """Store the next version, with an id of its own; deployed workflows keep theirs."""
    draft = manage_templates.draft_of(
        body.name if body.name is not None else template.name,
        body.description if body.description is not None else template.description,
        body.category if body.category is not None else template.category,
        body.definition if body.definition is not None else template.definition,
        [one.to_parameter() for one in body.parameters] if body.parameters is not None else parameters_of(template),
    )
    return TemplateOut.of(await manage_templates.add_version(work, template, draft))


@router.delete(
    "/api/workflows/templates/{template_id}",
    operation_id="archive_workflow_template",
    summary="Take a template out of the library",
    status_code=204,
    problems=[TemplateSuperseded],
)
async def archive_template(template: Template, work: Annotated[UnitOfWork, requires(TEMPLATES_MANAGE)]) -> None:
    """Hide a template from new deployments; what was deployed from it goes on."""
    await manage_templates.archive_template(work, template)


# --- workflows ------------------------------------------------------------------------------------------------------


async def read_workflow(workflow_id: PathId, work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)]) -> WorkflowInstance:
    """Look a workflow up for a reader."""
    return await InstanceDao(work).require(workflow_id)


async def deployed_workflow(
    workflow_id: PathId, work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)]
) -> WorkflowInstance:
    """Look a workflow up for somebody who changes it, before the body is validated."""
    return await InstanceDao(work).require(workflow_id)


async def triggered_workflow(
    workflow_id: PathId, work: Annotated[UnitOfWork, requires(WORKFLOWS_TRIGGER)]
) -> WorkflowInstance:
    """Look a workflow up for somebody who starts it, before the body is validated."""
    return await InstanceDao(work).require(workflow_id)


def workflow_filter(
    project_id: Annotated[uuid.UUID | None, Query()] = None,
    org_id: Annotated[uuid.UUID | None, Query()] = None,
    status: Annotated[WorkflowStatus | None, Query(description="REMOVED ones are listed only when asked for.")] = None,
) -> WorkflowFilter:
    """Read the filter from the query."""
    return WorkflowFilter(project_id, org_id, status)


async def _answers(work: UnitOfWork, rows: Iterable[WorkflowInstance]) -> list[WorkflowOut]:
    workflows = list(rows)
    projects = await project_facts(work, {row.project_id for row in workflows})
    is_staff = work.actor.realm is Realm.ADMIN
    return [WorkflowOut.of(row, projects[row.project_id], is_staff=is_staff) for row in workflows]


@router.get("/api/workflows", operation_id="list_workflows", summary="List deployed workflows")
async def list_workflows(
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
    wanted: Annotated[WorkflowFilter, Depends(workflow_filter)],
    paging: Annotated[PageQuery, Depends()],
) -> Page[WorkflowOut]:
    """Return workflows, newest first: all of them for staff, a client's own."""
    rows = await InstanceDao(work).search(wanted, paging)
    return rows.to_page(await _answers(work, rows.rows))


@router.post(
    "/api/workflows",
    operation_id="deploy_workflow",
    summary="Deploy a workflow for a project",
    status_code=202,
    problems=[ProjectNotApproved],
)
async def deploy_workflow(
    body: NewWorkflow, work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)]
) -> WorkflowAccepted:
    """Accept a deployment; the worker brings it to the engine, and the status tells how it went."""
    row = await request_deployment(
        work,
        project_id=body.project_id,
        template_id=body.template_id,
        environment_id=body.environment_id,
        given=body.parameters,
    )
    return WorkflowAccepted(id=row.id, status=WorkflowStatus(row.status))


@router.get("/api/workflows/{workflow_id}", operation_id="get_workflow", summary="Show a deployed workflow")
async def get_workflow(
    workflow: Annotated[WorkflowInstance, Depends(read_workflow, scope="function")],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
) -> WorkflowOut:
    """Return one workflow."""
    return (await _answers(work, [workflow]))[0]


@router.post(
    "/api/workflows/{workflow_id}/trigger",
    operation_id="trigger_workflow",
    summary="Start a run",
    status_code=202,
    problems=[WrongStatus],
)
async def trigger_workflow(
    workflow: Annotated[WorkflowInstance, Depends(triggered_workflow, scope="function")],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_TRIGGER)],
    body: TriggerBody | None = None,
) -> ExecutionAccepted:
    """Accept a run; its execution tells how it goes."""
    execution = await start_run(work, workflow, dict(body.payload) if body else {})
    return ExecutionAccepted(execution_id=execution.id)


async def _switch(workflow_id: uuid.UUID, units: Units, engine: AutomationEngine, step: Step) -> WorkflowOut:
    switched = await switch_workflow(units, engine, workflow_id, step)
    async with units.open() as work:
        return (await _answers(work, [switched]))[0]


@router.post(
    "/api/workflows/{workflow_id}/pause",
    operation_id="pause_workflow",
    summary="Pause a workflow",
    problems=[WrongStatus, EngineFailed],
)
async def pause_workflow(
    workflow_id: PathId, units: Annotated[Units, requires_units(WORKFLOWS_DEPLOY)], engine: Engine
) -> WorkflowOut:
    """Stop a workflow from being started, at its engine and here."""
    return await _switch(workflow_id, units, engine, Step.PAUSE)


@router.post(
    "/api/workflows/{workflow_id}/resume",
    operation_id="resume_workflow",
    summary="Resume a paused workflow",
    problems=[WrongStatus, EngineFailed],
)
async def resume_workflow(
    workflow_id: PathId, units: Annotated[Units, requires_units(WORKFLOWS_DEPLOY)], engine: Engine
) -> WorkflowOut:
    """Let a paused workflow be started again."""
    return await _switch(workflow_id, units, engine, Step.RESUME)


@router.post(
    "/api/workflows/{workflow_id}/redeploy",
    operation_id="redeploy_workflow",
    summary="Deploy a workflow again",
    status_code=202,
    problems=[WrongStatus, ProjectNotApproved],
)
async def redeploy_workflow(
    workflow: Annotated[WorkflowInstance, Depends(deployed_workflow, scope="function")],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)],
    body: Redeployment | None = None,
) -> WorkflowAccepted:
    """Accept another deployment: after a failure, with other values, or from another version of the template."""
    change = body or Redeployment()
    await request_redeployment(work, workflow, template_id=change.template_id, given=change.parameters)
    return WorkflowAccepted(id=workflow.id, status=WorkflowStatus(workflow.status))


@router.delete(
    "/api/workflows/{workflow_id}",
    operation_id="remove_workflow",
    summary="Remove a workflow",
    status_code=202,
    problems=[WrongStatus],
)
async def delete_workflow(
    workflow: Annotated[WorkflowInstance, Depends(deployed_workflow, scope="function")],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_DEPLOY)],
) -> WorkflowAccepted:
    """Take a workflow out of use; the worker deletes it at its engine. Its executions stay in the log."""
    await remove_workflow(work, workflow)
    return WorkflowAccepted(id=workflow.id, status=WorkflowStatus(workflow.status))


@router.get(
    "/api/workflows/{workflow_id}/executions",
    operation_id="list_workflow_executions",
    summary="Show a workflow's runs",
)
async def list_executions(
    workflow: Annotated[WorkflowInstance, Depends(read_workflow, scope="function")],
    work: Annotated[UnitOfWork, requires(WORKFLOWS_READ)],
    paging: Annotated[PageQuery, Depends()],
    status: Annotated[ExecutionStatus | None, Query()] = None,
) -> Page[ExecutionOut]:
    """Return a workflow's executions, newest first."""
    rows = await ExecutionDao(work).of_workflow(workflow.id, paging, status=status)
    return rows.to_page([ExecutionOut.of(row) for row in rows.rows])


# --- callbacks ------------------------------------------------------------------------------------------------------


CALLBACK = SignedBody(
    Callback,
    headers=(
        SignedHeader("X-Timestamp", "^[0-9]{1,11}$", "Seconds since 1970; 300 seconds old or ahead at most."),
        SignedHeader(
            "X-Signature",
            "^sha256=[0-9a-f]{64}$",
            "HMAC-SHA256 of `timestamp.body` with the workflow's secret, in hex.",
        ),
    ),
)


@router.post(
    "/api/webhooks/n8n/{workflow_id}",
    operation_id="receive_n8n_callback",
    summary="Take a workflow's signed callback",
    problems=[CallbackRefused, Invalid],
    openapi_extra=CALLBACK.openapi(),
)
async def receive_callback(
    workflow_id: PathId,
    units: Annotated[Units, public(csrf=False, takes_key=False)],
    raw: Annotated[bytes, raw_body()],
    x_timestamp: Annotated[str, Header(include_in_schema=False)] = "",
    x_signature: Annotated[str, Header(include_in_schema=False)] = "",
) -> CallbackReceipt:
    """Verify the signature over the raw bytes, then keep how the run ended. A repetition changes nothing."""
    org_id = await verify_callback(units, workflow_id, raw, x_timestamp, x_signature)
    callback = CALLBACK.read(raw)
    async with units.open(OrganizationScope(org_id)) as work:
        received = await store_callback(work, workflow_id, ReportedRun(**dict(callback)), raw)
    return CallbackReceipt.model_validate(received)
