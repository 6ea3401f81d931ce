"""What other features may know of workflows and their runs."""

from datetime import datetime

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao.executions import RECENTLY, ExecutionDao, FailedRuns, failed_executions
from capecontrol.features.workflows.dao.instances import failed_deployments, failing_workflows

__all__ = [
    "RECENTLY",
    "FailedRuns",
    "failed_deployments",
    "failed_executions",
    "failing_workflows",
    "latest_errors",
]


async def latest_errors(work: UnitOfWork, *, since: datetime, limit: int) -> list[FailedRuns]:
    """Return workflows of the scope whose runs that began since a moment ended with an error, the latest first."""
    errors = await ExecutionDao(work).latest_errors(since, limit)
    return sorted(errors, key=lambda runs: (runs.started_at, runs.id), reverse=True)
