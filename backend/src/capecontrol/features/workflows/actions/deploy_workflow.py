"""Bring a workflow to its engine: read, call without a transaction, keep the result."""

from dataclasses import dataclass

from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import get_project
from capecontrol.features.workflows.activity import DEPLOYMENT_FAILED, WORKFLOW_DEPLOYED
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.dao.templates import TemplateDao
from capecontrol.features.workflows.definition.deployable import Deployment, make_deployable
from capecontrol.features.workflows.definition.graph import JsonObject
from capecontrol.features.workflows.events import (
    DeploymentRequested,
    WorkflowDeployed,
    WorkflowDeploymentFailed,
    WorkflowRemoved,
)
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.ports import (
    AutomationEngine,
    CallbackBase,
    EngineConnection,
    EngineError,
    EngineObjectMissing,
    EngineRejected,
    EngineUnauthorized,
)
from capecontrol.features.workflows.record import record_workflow
from capecontrol.features.workflows.stored import parameters_of, values_of

#: An engine that is down is asked so often (about a minute and a half in all) before a person is told.
ATTEMPTS = 5
NAME_MAX = 128


@dataclass(frozen=True, slots=True)
class DeploymentPlan:
    """What is sent where."""

    connection: EngineConnection
    name: str
    engine_workflow_id: str | None
    definition: JsonObject


async def deploy_workflow(event: DeploymentRequested, delivery: Delivery) -> None:
    """Create or update the workflow at its engine and activate it; keep how it went.

    Raises:
        EngineError: the engine was not reached; the outbox tries again.
    """
    async with delivery.phase(PlatformScope("workflows: read what to deploy")) as work:
        plan = await _plan(work, event, delivery.ports.get(CallbackBase))
    if plan is None:
        # Overtaken by another deployment, or removed; an earlier attempt may have made it at the engine.
        async with delivery.completing() as work:
            await _remove_again(work, event)
        return
    engine = delivery.ports.get(AutomationEngine)
    try:
        engine_workflow_id = await _bring_up(engine, plan)
    except EngineError as error:
        if delivery.attempt < ATTEMPTS and not isinstance(error, EngineRejected | EngineUnauthorized):
            raise
        async with delivery.completing() as work:
            await _fail(work, event, error)
            await _remove_again(work, event)
        return
    async with delivery.completing() as work:
        await _succeed(work, event, engine_workflow_id)
        await _remove_again(work, event)


def name_at_engine(instance: WorkflowInstance, project_code: str) -> str:
    """Return the name by which a workflow is recognized at its engine: readable, and unique by its end."""
    mark = f" [{instance.id.hex[-12:]}]"
    return f"{project_code} {instance.template_name}".strip()[: NAME_MAX - len(mark)] + mark


async def _plan(work: UnitOfWork, event: DeploymentRequested, callback_base: CallbackBase) -> DeploymentPlan | None:
    instance = await InstanceDao(work).get(event.workflow_id)
    if instance is None or instance.status != WorkflowStatus.DEPLOYING or instance.deployment != event.deployment:
        return None
    template = await TemplateDao(work).get(instance.template_id)
    environment = await EnvironmentDao(work).get(instance.environment_id)
    project = await get_project(work, instance.project_id)
    if template is None or environment is None:
        return None
    # The name holds still over redeployments from other templates: the id at its end is what we look for.
    name = name_at_engine(instance, project.code if project else "")
    return DeploymentPlan(
        connection=connection_of(work, environment),
        name=name,
        engine_workflow_id=instance.engine_workflow_id,
        definition=make_deployable(
            template.definition,
            parameters_of(template),
            values_of(work.keyring, instance),
            Deployment(
                name=name,
                webhook_path=instance.webhook_path,
                callback_url=f"{callback_base.url}/api/webhooks/n8n/{instance.id}",
                callback_secret=work.keyring.open(instance.callback_secret_sealed),
            ),
        ),
    )


async def _bring_up(engine: AutomationEngine, plan: DeploymentPlan) -> str:
    """Create or update, then activate. Safe to do again: what an earlier attempt made is found by its name."""
    found = plan.engine_workflow_id or await engine.find_workflow(plan.connection, plan.name)
    if found:
        try:
            await engine.update_workflow(plan.connection, found, plan.definition)
        except EngineObjectMissing:
            found = None  # somebody deleted it over there
    if not found:
        found = await engine.create_workflow(plan.connection, plan.definition)
    await engine.activate(plan.connection, found)
    return found


async def _succeed(work: UnitOfWork, event: DeploymentRequested, engine_workflow_id: str) -> None:
    changed = await _settle(
        work,
        event,
        status=WorkflowStatus.ACTIVE,
        engine_workflow_id=engine_workflow_id,
        failure_reason=None,
        deployed_at=work.now(),
    )
    if changed is None:
        return
    await record_workflow(
        work, WORKFLOW_DEPLOYED, changed, {"by": event.requested_by}, engine_workflow_id=engine_workflow_id
    )
    await work.emit(WorkflowDeployed(org_id=changed.org_id, workflow_id=changed.id, project_id=changed.project_id))


async def _fail(work: UnitOfWork, event: DeploymentRequested, error: EngineError) -> None:
    changed = await _settle(work, event, status=WorkflowStatus.FAILED, failure_reason=str(error))
    if changed is None:
        return
    told = {"by": event.requested_by}
    await record_workflow(work, DEPLOYMENT_FAILED, changed, told, outcome=Outcome.FAILURE, reason=error.fact)
    await work.emit(
        WorkflowDeploymentFailed(org_id=changed.org_id, workflow_id=changed.id, project_id=changed.project_id)
    )


async def _remove_again(work: UnitOfWork, event: DeploymentRequested) -> None:
    """Announce a removal once more if the workflow was removed while it was being deployed.

    The first one may have looked before there was anything to delete. Announced and not done here: an engine that is
    away at this moment is asked again for days.
    """
    instance = await InstanceDao(work).get(event.workflow_id)
    if instance is not None and instance.status == WorkflowStatus.REMOVED:
        await work.emit(WorkflowRemoved(org_id=instance.org_id, workflow_id=instance.id))


async def _settle(work: UnitOfWork, event: DeploymentRequested, **values: object) -> WorkflowInstance | None:
    """Keep a deployment's result unless it was overtaken; return the workflow when it was kept."""
    dao = InstanceDao(work)
    changed = await dao.update_where(
        WorkflowInstance.id == event.workflow_id,
        WorkflowInstance.status == WorkflowStatus.DEPLOYING,
        WorkflowInstance.deployment == event.deployment,
        **values,
    )
    return await dao.get(event.workflow_id) if changed else None
