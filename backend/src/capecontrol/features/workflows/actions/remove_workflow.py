"""Remove a workflow: the intent is stored and announced; ``remove_at_engine`` does it there."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.activity import WORKFLOW_REMOVED
from capecontrol.features.workflows.command import check_command
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.events import WorkflowRemoved
from capecontrol.features.workflows.lifecycle import WorkflowCommand, WorkflowStatus
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.record import record_workflow


async def remove_workflow(work: UnitOfWork, instance: WorkflowInstance) -> None:
    """Take a workflow out of use: it can be started no more, and its engine is told to delete it.

    Raises:
        WrongStatus: it was removed before.
    """
    check_command(instance, WorkflowCommand.REMOVE)
    changed = await InstanceDao(work).update_where(
        WorkflowInstance.id == instance.id,
        WorkflowInstance.status != WorkflowStatus.REMOVED,
        status=WorkflowStatus.REMOVED,
    )
    await work.session.refresh(instance)
    if not changed:
        check_command(instance, WorkflowCommand.REMOVE, is_late=True)
    await ExecutionDao(work).cancel_running(instance.id, "The workflow was removed.", work.now())
    await record_workflow(work, WORKFLOW_REMOVED, instance)
    await work.emit(WorkflowRemoved(org_id=instance.org_id, workflow_id=instance.id))
