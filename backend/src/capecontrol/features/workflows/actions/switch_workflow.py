"""Pause a workflow, or resume it: the same way, switched off or on."""

import uuid
from dataclasses import dataclass

from capecontrol.core.promised import promised
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.activity import WORKFLOW_PAUSED, WORKFLOW_RESUMED
from capecontrol.features.workflows.command import check_command
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.errors import EngineFailed
from capecontrol.features.workflows.lifecycle import WorkflowCommand, WorkflowStatus
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, EngineError, EngineObjectMissing
from capecontrol.features.workflows.record import record_workflow

_LEADS_TO = {WorkflowCommand.PAUSE: WorkflowStatus.PAUSED, WorkflowCommand.RESUME: WorkflowStatus.ACTIVE}
_RECORDED_AS = {WorkflowCommand.PAUSE: WORKFLOW_PAUSED, WorkflowCommand.RESUME: WORKFLOW_RESUMED}


@dataclass(frozen=True, slots=True)
class Switch:
    """A command that waits for the engine."""

    command: WorkflowCommand
    workflow_id: uuid.UUID
    from_status: WorkflowStatus
    connection: EngineConnection
    engine_workflow_id: str


async def switch_workflow(
    units: Units, engine: AutomationEngine, workflow_id: uuid.UUID, command: WorkflowCommand
) -> WorkflowInstance:
    """Pause or resume a workflow, at its engine and here.

    In phases: read what the command needs; give it to the engine, with no transaction open; keep its result. An attempt
    that repeats one which had come to its end answers what that one left.

    Raises:
        NotFound: there is no such workflow in the caller's scope.
        WrongStatus: its status does not allow the command, or somebody gave another one in between.
        EngineFailed: the engine did not do it; nothing has changed here.
    """
    async with units.open() as work:
        instance = await InstanceDao(work).require(workflow_id)
        if units.is_repeat and instance.status == _LEADS_TO[command]:
            return instance
        switch = await _prepare(work, instance, command)
    await _call_engine(engine, switch)
    async with units.open() as work:
        return await _finish(work, switch)


async def _prepare(work: UnitOfWork, instance: WorkflowInstance, command: WorkflowCommand) -> Switch:
    check_command(instance, command)
    environment = await EnvironmentDao(work).get(instance.environment_id)
    if environment is None or instance.engine_workflow_id is None:
        raise LookupError("an active or paused workflow is at an engine")
    return Switch(
        command,
        instance.id,
        instance.status,
        connection_of(work, environment),
        instance.engine_workflow_id,
    )


async def _call_engine(engine: AutomationEngine, switch: Switch) -> None:
    """Give the command to the engine. Doing it again does no harm."""
    try:
        if switch.command is WorkflowCommand.RESUME:
            await engine.activate(switch.connection, switch.engine_workflow_id)
        else:
            await engine.deactivate(switch.connection, switch.engine_workflow_id)
    except EngineObjectMissing as error:
        if switch.command is WorkflowCommand.RESUME:
            raise EngineFailed("The workflow no longer exists on the n8n server. Deploy it again.") from error
    except EngineError as error:
        raise EngineFailed(str(error)) from error


async def _finish(work: UnitOfWork, switch: Switch) -> WorkflowInstance:
    dao = InstanceDao(work)
    changed = await dao.update_where(
        WorkflowInstance.id == switch.workflow_id,
        WorkflowInstance.status == switch.from_status,
        status=_LEADS_TO[switch.command],
    )
    instance = promised(await dao.get(switch.workflow_id), "workflows are never deleted here")
    if not changed:
        check_command(instance, switch.command, is_late=True)
    await record_workflow(work, _RECORDED_AS[switch.command], instance)
    return instance
