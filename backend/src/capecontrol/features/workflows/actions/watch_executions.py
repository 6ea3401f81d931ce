"""Ask engines about runs whose callback did not come: failed runs send none, and callbacks get lost."""

import asyncio
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.features.workflows.actions.finish_execution import finish_execution
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.lifecycle import ExecutionStatus, execution_status
from capecontrol.features.workflows.models import Execution
from capecontrol.features.workflows.ports import AutomationEngine, EngineConnection, EngineError, EngineExecution

log = structlog.get_logger("workflows")

#: A callback is given this long before the engine is asked.
GRACE = timedelta(seconds=20)
#: A run of which the engine knows nothing after this time is given up.
PATIENCE = timedelta(hours=1)
#: Looked at in one go, and so many engines' answers awaited at once.
BATCH = 40
AT_ONCE = 5
#: Shorter than an attempt of the outbox may take; what is left over comes with the next minute.
TOTAL_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Watched:
    """A run to ask about."""

    id: uuid.UUID
    org_id: uuid.UUID
    engine_execution_id: str | None
    engine_workflow_id: str | None
    created_at: datetime
    connection: EngineConnection


async def watch_executions(delivery: Delivery) -> int:
    """Ask about runs that are old enough, and keep what the engines say; return how many ended."""
    async with delivery.phase(PlatformScope("workflows: read runs to ask about")) as work:
        now = work.now()
        watched = []
        for execution in await ExecutionDao(work).to_watch(now - GRACE, BATCH):
            instance = await InstanceDao(work).get(execution.workflow_id)
            environment = await EnvironmentDao(work).get(instance.environment_id) if instance else None
            execution.checked_at = now
            if instance is None or environment is None:
                continue
            watched.append(
                Watched(
                    execution.id,
                    execution.org_id,
                    execution.engine_execution_id,
                    instance.engine_workflow_id,
                    execution.created_at,
                    connection_of(work, environment),
                )
            )
    engine, gate = delivery.ports.get(AutomationEngine), asyncio.Semaphore(AT_ONCE)

    async def ask(one: Watched) -> bool:
        async with gate:
            try:
                found = await _ask(engine, one)
            except EngineError as error:
                log.info("execution.not_asked", execution_id=str(one.id), reason=str(error))
                return False
        return await _keep(delivery, one, found, now)

    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            return sum(await asyncio.gather(*(ask(one) for one in watched)))
    except TimeoutError:
        return 0


async def _ask(engine: AutomationEngine, one: Watched) -> EngineExecution | None:
    if one.engine_execution_id is not None:
        return await engine.get_execution(one.connection, one.engine_execution_id)
    if one.engine_workflow_id is None:
        return None
    runs = await engine.list_executions(one.connection, one.engine_workflow_id)
    found = next((run for run in runs if run.run_id == str(one.id)), None)
    # The list does not tell why a run failed in the form that asking for it does.
    return await engine.get_execution(one.connection, found.id) if found else None


async def _keep(delivery: Delivery, one: Watched, found: EngineExecution | None, now: datetime) -> bool:
    is_lost = found is None and one.created_at < now - PATIENCE
    if not is_lost and (found is None or not found.status.is_final):
        return False
    async with delivery.phase(OrganizationScope(one.org_id)) as work:
        execution: Execution | None = await ExecutionDao(work).get(one.id, lock=True)
        if execution is None:
            return False
        if found is None:
            return await finish_execution(
                work,
                execution,
                status=ExecutionStatus.ERROR,
                error_message="The n8n server has no record of this run.",
            )
        return await finish_execution(
            work,
            execution,
            status=execution_status(found.status),
            finished_at=found.finished_at,
            error_message=found.error_message,
            engine_execution_id=found.id if one.engine_execution_id is None else None,
        )
