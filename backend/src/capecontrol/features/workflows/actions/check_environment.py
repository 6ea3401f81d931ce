"""Check the connection to an n8n server."""

import uuid

from capecontrol.core.audit import Outcome
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.connection import CheckResult, check_connection, connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.errors import EnvironmentChanged
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import AutomationEngine


async def check_environment(units: Units, engine: AutomationEngine, environment_id: uuid.UUID) -> N8nEnvironment:
    """Ask a server who it is, with the stored key, and store how it went.

    Raises:
        NotFound: there is no such environment.
        EnvironmentChanged: its address or key is another one by the time the server answered.
    """
    async with units.open() as work:
        connection = connection_of(work, await EnvironmentDao(work).require(environment_id))
    checked = await check_connection(engine, connection)
    async with units.open() as work:
        row = await EnvironmentDao(work).require(environment_id, lock=True)
        # Else a server that nobody asked would be shown as reachable.
        if connection_of(work, row) != connection:
            raise EnvironmentChanged("Test the connection again.", allowed=["test"])
        await _store(work, row, checked)
        return row


async def _store(work: UnitOfWork, row: N8nEnvironment, checked: CheckResult) -> None:
    row.version, row.check_failure = checked.version, checked.failure
    row.checked_at = work.now()
    await work.session.flush()
    await work.record(
        "workflow_environment.checked",
        resource=("workflow_environment", row.id),
        outcome=Outcome.FAILURE if checked.failure else Outcome.SUCCESS,
        metadata={"name": row.name, "version": checked.version, "connection_check": checked.fact},
    )
