"""What other features may know of workflows and their runs."""

from datetime import datetime

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao import (
    RECENTLY,
    ExecutionDao,
    FailedExecution,
    failed_deployments,
    failed_executions,
    failing_workflows,
)

__all__ = [
    "RECENTLY",
    "FailedExecution",
    "failed_deployments",
    "failed_executions",
    "failing_workflows",
    "latest_errors",
]


async def latest_errors(work: UnitOfWork, *, since: datetime, limit: int) -> list[FailedExecution]:
    """Return the latest runs of the scope that began since a moment and ended with an error, the latest first."""
    return await ExecutionDao(work).latest_errors(since, limit)
