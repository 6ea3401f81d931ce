"""Delete a removed workflow at its engine."""

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.features.projects.interface import get_project
from capecontrol.features.workflows.actions.deploy_workflow import name_at_engine
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.events import WorkflowRemoved
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
    # A deployment that was under way may have made it, or made it anew, without telling us its id.
    named = await engine.find_workflow(connection, name)
    for found in {one for one in (known, named) if one}:
        await engine.delete(connection, found)
