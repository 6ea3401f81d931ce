"""Connect an n8n server."""

import uuid

from capecontrol.core.dao import KeyTaken
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.connection import CheckResult, check_connection, plain_address
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.environment_name import check_name_is_free, name_taken
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection


async def connect_environment(
    units: Units, engine: AutomationEngine, *, name: str, base_url: str, api_key: str, is_active: bool
) -> N8nEnvironment:
    """Check a connection and store it, with how the check went; a server that does not answer yet is stored too.

    In phases: the engine is asked with no transaction open. An attempt that finds what an earlier one made ends there.

    Raises:
        Invalid: the address may not be called, or the name is taken.
    """
    async with units.open() as work:
        made = await EnvironmentDao(work).get(units.operation_id)
        if made is not None:
            return made
        await check_name_is_free(work, name)
    connection = EngineConnection(plain_address(engine, base_url), api_key)
    checked = await check_connection(engine, connection)
    async with units.open() as work:
        return await _add(work, units.operation_id, name, connection, checked, is_active=is_active)


async def _add(
    work: UnitOfWork,
    identifier: uuid.UUID,
    name: str,
    connection: EngineConnection,
    checked: CheckResult,
    *,
    is_active: bool,
) -> N8nEnvironment:
    dao = EnvironmentDao(work)
    if (made := await dao.get(identifier)) is not None:
        return made  # by the attempt that overtook this one
    await check_name_is_free(work, name)
    row = N8nEnvironment(
        id=identifier,
        name=name,
        base_url=connection.base_url,
        api_key_sealed=work.keyring.seal(connection.api_key),
        is_active=is_active,
        version=checked.version,
        checked_at=work.now(),
        check_failure=checked.failure,
    )
    try:
        await dao.add(row)
    except KeyTaken:
        raise name_taken() from None  # by somebody at the same moment
    await work.record(
        "workflow_environment.created",
        resource=("workflow_environment", row.id),
        metadata={"name": name, "base_url": connection.base_url, "connection_check": checked.fact},
    )
    return row
