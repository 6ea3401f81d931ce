"""Change a connected n8n server."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.connection import plain_address
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.environment_name import check_name_is_free, name_taken
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import AutomationEngine


async def edit_environment(
    work: UnitOfWork,
    engine: AutomationEngine,
    row: N8nEnvironment,
    *,
    name: str | None,
    base_url: str | None,
    api_key: str | None,
    is_active: bool | None,
) -> None:
    """Change an environment. A new address or key makes the last check's result void.

    Raises:
        Invalid: the address may not be called, or the name is taken.
    """
    address = plain_address(engine, base_url) if base_url is not None else row.base_url
    changed = []
    if name is not None and name != row.name:
        await check_name_is_free(work, name, row)
        row.name = name
        changed.append("name")
    if address != row.base_url:
        row.base_url = address
        changed.append("base_url")
    if api_key is not None:
        row.api_key_sealed = work.keyring.seal(api_key)
        changed.append("api_key")
    if is_active is not None and is_active != row.is_active:
        row.is_active = is_active
        changed.append("is_active")
    if "base_url" in changed or "api_key" in changed:
        row.version = row.checked_at = row.check_failure = None
    if not await EnvironmentDao(work).save():
        raise name_taken()  # by somebody at the same moment
    await work.record(
        "workflow_environment.updated", resource=("workflow_environment", row.id), metadata={"changed": changed}
    )
