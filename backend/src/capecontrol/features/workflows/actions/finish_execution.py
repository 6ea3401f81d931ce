"""Record how a run ended, whoever reported it: the callback, the engine when asked, or the failed start."""

from datetime import datetime

from capecontrol.core.audit import Outcome
from capecontrol.core.promised import promised
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.activity import EXECUTION_FINISHED
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.events import ExecutionFinished
from capecontrol.features.workflows.lifecycle import ExecutionStatus, end_of
from capecontrol.features.workflows.models import Execution
from capecontrol.features.workflows.record import record_execution

ERROR_MAX = 1000


async def finish_execution(
    work: UnitOfWork,
    execution: Execution,
    *,
    status: ExecutionStatus,
    finished_at: datetime | None = None,
    error_message: str | None = None,
    engine_execution_id: str | None = None,
) -> bool:
    """End a run that has not ended; record and announce it. Tell whether this call did it: the first one wins."""
    now = work.now()
    is_ours = await ExecutionDao(work).end(
        execution,
        status=status,
        finished_at=end_of(execution.started_at, finished_at, now),
        error_message=(error_message or "The run failed.")[:ERROR_MAX] if status is ExecutionStatus.ERROR else None,
        engine_execution_id=engine_execution_id,
    )
    if not is_ours:
        return False
    instance = promised(await InstanceDao(work).get(execution.workflow_id), "workflows are never deleted here")
    await record_execution(
        work,
        EXECUTION_FINISHED,
        execution,
        instance,
        {"status": str(status)},
        outcome=Outcome.SUCCESS if status is ExecutionStatus.SUCCESS else Outcome.FAILURE,
        engine_execution_id=engine_execution_id or execution.engine_execution_id,
    )
    await work.emit(
        ExecutionFinished(
            org_id=execution.org_id, workflow_id=execution.workflow_id, execution_id=execution.id, status=status
        )
    )
    return True
