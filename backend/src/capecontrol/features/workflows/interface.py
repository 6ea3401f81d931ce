"""What other features may know of workflows and their runs."""

from datetime import datetime

from capecontrol.core.scoped_read import ScopedUnion
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao.executions import RECENTLY, FailedRuns, failed_executions, latest_errors
from capecontrol.features.workflows.dao.instances import (
    FailedDeployment,
    LeftWorkflow,
    failed_deployments,
    failing_workflows,
    latest_failed_deployments,
    workflows_left,
)

__all__ = [
    "RECENTLY",
    "FailedDeployment",
    "FailedRuns",
    "LatestErrors",
    "LeftWorkflow",
    "failed_deployments",
    "failed_executions",
    "failing_workflows",
    "latest_failed_deployments",
    "workflows_left",
]


class LatestErrors:
    """Workflows with runs that ended with an error."""

    def __init__(self, rows: int) -> None:
        """Take how many workflows to return at most."""
        self._errors = ScopedUnion(latest_errors(rows), row=FailedRuns)

    async def read(self, work: UnitOfWork, since: datetime) -> list[FailedRuns]:
        """Return those of the scope whose runs that began since a moment ended so, the latest first."""
        errors = await self._errors.all(work, since=since)
        return sorted(errors, key=lambda runs: (runs.started_at, runs.id), reverse=True)
