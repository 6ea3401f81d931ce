"""Hand a run to its engine: read, call without a transaction, store the engine's id of it."""

import uuid
from dataclasses import dataclass

from pydantic import JsonValue

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.actions.finish_execution import finish_execution
from capecontrol.features.workflows.connection import connection_of
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.events import ExecutionRequested
from capecontrol.features.workflows.lifecycle import ExecutionStatus, execution_status
from capecontrol.features.workflows.models import Execution
from capecontrol.features.workflows.ports import (
    AutomationEngine,
    EngineConnection,
    EngineError,
    EngineExecution,
    EngineRejected,
    EngineUnreachable,
)

#: A start is tried so often before the run is given up; about half a minute in all.
ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Start:
    """A run that waits for its engine. ``was_tried``: an earlier attempt may have reached it."""

    workflow_id: uuid.UUID
    connection: EngineConnection
    engine_workflow_id: str | None
    webhook_path: str
    run_id: str
    body: dict[str, JsonValue]
    was_tried: bool


async def dispatch_execution(event: ExecutionRequested, delivery: Delivery) -> None:
    """Call the workflow's webhook and keep the engine's id of the run.

    n8n cannot be told to start something once. Therefore an attempt after one that may have reached the engine first
    looks for a run that carries our id. The callback may come before the engine's answer is kept: it names our id.

    Raises:
        EngineError: the engine was not reached; the outbox tries again.
    """
    async with delivery.phase(PlatformScope("workflows: read what to start")) as work:
        start = await _start(work, event)
    if start is None:
        return  # ended or handed over already
    engine = delivery.ports.get(AutomationEngine)
    found: EngineExecution | None = None
    try:
        if start.was_tried:
            found = await _find(engine, start)
        if found is not None:
            engine_execution_id: str | None = found.id
        else:
            ack = await engine.trigger(start.connection, start.webhook_path, start.body)
            engine_execution_id = ack.execution_id
    except EngineError as error:
        if isinstance(error, EngineUnreachable) and delivery.attempt < ATTEMPTS:
            raise
        await _settle_failure(event, delivery, engine, start, error)
        return
    async with delivery.completing() as work:
        dao = ExecutionDao(work)
        # A file that answers for itself may answer anything: an id that another run has is not this one's.
        taken = await dao.by_engine_id(start.workflow_id, engine_execution_id) if engine_execution_id else None
        if taken is not None and taken.id != event.execution_id:
            engine_execution_id = None
        await dao.update_where(
            Execution.id == event.execution_id,
            Execution.engine_execution_id.is_(None),
            engine_execution_id=engine_execution_id,
            payload=None,
        )


async def _start(work: UnitOfWork, event: ExecutionRequested) -> Start | None:
    execution = await ExecutionDao(work).get(event.execution_id)
    if (
        execution is None
        or execution.status != ExecutionStatus.RUNNING
        or execution.engine_execution_id is not None
        or execution.payload is None
    ):
        return None
    instance = await InstanceDao(work).get(execution.workflow_id)
    environment = await EnvironmentDao(work).get(instance.environment_id) if instance else None
    if instance is None or environment is None:
        return None
    was_tried = execution.dispatched_at is not None
    execution.dispatched_at = work.now()
    await work.session.flush()
    began = execution.started_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Start(
        workflow_id=instance.id,
        connection=connection_of(work, environment),
        engine_workflow_id=instance.engine_workflow_id,
        webhook_path=instance.webhook_path,
        run_id=str(execution.id),
        body={**execution.payload, "run_id": str(execution.id), "started_at": began},
        was_tried=was_tried,
    )


async def _find(engine: AutomationEngine, start: Start) -> EngineExecution | None:
    if start.engine_workflow_id is None:
        return None
    runs = await engine.list_executions(start.connection, start.engine_workflow_id)
    return next((run for run in runs if run.run_id == start.run_id), None)


async def _settle_failure(
    event: ExecutionRequested, delivery: Delivery, engine: AutomationEngine, start: Start, error: EngineError
) -> None:
    """End the run; where the engine has one that failed before it answered, with what it says about it."""
    reason, found = str(error), None
    if isinstance(error, EngineRejected):
        try:
            found = await _find(engine, start)
        except EngineError:
            found = None
    async with delivery.completing() as work:
        execution = await ExecutionDao(work).get(event.execution_id, lock=True)
        if execution is None:
            return
        is_final = found is not None and found.status.is_final
        await finish_execution(
            work,
            execution,
            status=execution_status(found.status) if found is not None and is_final else ExecutionStatus.ERROR,
            finished_at=found.finished_at if found else None,
            error_message=(found.error_message if found else None) or reason,
            engine_execution_id=found.id if found else None,
        )
