"""Forget an n8n server."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.errors import EnvironmentInUse
from capecontrol.features.workflows.models import N8nEnvironment


async def delete_environment(work: UnitOfWork, row: N8nEnvironment) -> None:
    """Forget an environment and its key.

    Raises:
        EnvironmentInUse: workflows were deployed there; it can be switched off instead.
    """
    identifier, name = row.id, row.name
    is_used = await InstanceDao(work).count_in(identifier) > 0
    if not is_used:
        await work.session.delete(row)
        is_used = not await EnvironmentDao(work).save()  # somebody deployed there at the same moment
    if is_used:
        raise EnvironmentInUse("To stop new deployments to this server, deactivate it instead.", allowed=["deactivate"])
    await work.record(
        "workflow_environment.deleted", resource=("workflow_environment", identifier), metadata={"name": name}
    )
