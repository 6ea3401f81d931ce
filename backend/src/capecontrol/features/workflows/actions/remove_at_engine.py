"""Delete a removed workflow at its engine; and note where that was given up."""

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.dao import MessageState, OutboxDao
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.features.projects.interface import get_project
from capecontrol.features.workflows.actions.deploy_workflow import name_at_engine
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.events import WorkflowLeft, WorkflowRemoved
from capecontrol.features.workflows.models import WorkflowInstance
from capecontrol.features.workflows.ports import AutomationEngine


async def remove_at_engine(event: WorkflowRemoved, delivery: Delivery) -> None:
    """Delete a removed workflow at its engine.

    Raises:
        EngineError: the engine was not reached; the outbox tries again, for days.
    """
    async with delivery.phase(PlatformScope("workflows: read what to remove")) as work:
        instance = await InstanceDao(work).get(event.workflow_id)
        environment = await EnvironmentDao(work).get(instance.environment_id) if instance else None
        if instance is None or environment is None:
            return
        connection, known = connection_of(work, environment), instance.engine_workflow_id
        project = await get_project(work, instance.project_id)
        name = name_at_engine(instance, project.code if project else "")
    engine = delivery.ports.get(AutomationEngine)
    if known:
        await engine.delete(connection, known)
    # A deployment that was under way may have made it, or made it anew, without telling us its id; at a server that was
    # slow it may even be there twice.
    deleted = {known}
    while (found := await engine.find_workflow(connection, name)) is not None and found not in deleted:
        await engine.delete(connection, found)
        deleted.add(found)
    async with delivery.completing() as work:
        await InstanceDao(work).update_where(
            WorkflowInstance.id == event.workflow_id, WorkflowInstance.still_runs_at.is_not(None), still_runs_at=None
        )


def tell_of_death(event: WorkflowRemoved, letter: DeadLetter) -> WorkflowLeft:
    """Return what is noted of a workflow that nobody deleted at its engine."""
    return WorkflowLeft(org_id=event.org_id, workflow_id=event.workflow_id, message_id=letter.message_id)


async def note_left(event: WorkflowLeft, delivery: Delivery) -> None:
    """Note at which server a removed workflow still runs, unless it was deleted there meanwhile, after all.

    The news may come late: the message is asked, behind the lock of the workflow.
    """
    async with delivery.completing(PlatformScope("workflows: name the server that still runs one")) as work:
        instance = await InstanceDao(work).get(event.workflow_id, lock=True)
        if instance is None or await OutboxDao(work).state_of(event.message_id) is not MessageState.DEAD:
            return
        environment = await EnvironmentDao(work).get(instance.environment_id)
        await InstanceDao(work).update_where(
            WorkflowInstance.id == instance.id, still_runs_at=environment.name if environment else ""
        )
