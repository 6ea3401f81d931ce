"""Start a run: the intent is stored and announced; ``dispatch_execution`` calls the engine."""

from pydantic import JsonValue

from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.activity import EXECUTION_REQUESTED
from capecontrol.features.workflows.command import check_command
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.definition.content import complaint_about_content
from capecontrol.features.workflows.events import ExecutionRequested
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowCommand
from capecontrol.features.workflows.models import Execution, WorkflowInstance
from capecontrol.features.workflows.record import record_execution

PAYLOAD_MAX_BYTES = 64 * 1024


async def trigger_workflow(work: UnitOfWork, instance: WorkflowInstance, payload: dict[str, JsonValue]) -> Execution:
    """Store a run and announce it.

    Raises:
        Invalid: the payload is too large or holds what JSON tools do not agree on.
        WrongStatus: the workflow is not active.
    """
    if complaint := complaint_about_content(payload, PAYLOAD_MAX_BYTES):
        raise Invalid(errors=[FieldError("/payload", complaint)])
    check_command(instance, WorkflowCommand.TRIGGER)
    execution = await ExecutionDao(work).add(
        Execution(
            id=new_id(),
            org_id=instance.org_id,
            workflow_id=instance.id,
            status=ExecutionStatus.RUNNING,
            trigger=TriggerKind.MANUAL,
            payload=payload,
            started_at=work.now(),
            requested_by=work.actor.id,
        )
    )
    await record_execution(work, EXECUTION_REQUESTED, execution, instance)
    await work.emit(ExecutionRequested(org_id=instance.org_id, execution_id=execution.id))
    return execution
