"""What other features may know of workflows and their runs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao import ExecutionDao, InstanceDao
from capecontrol.features.workflows.lifecycle import ExecutionStatus, WorkflowStatus

__all__ = [
    "ExecutionStatus",
    "ExecutionSummary",
    "count_failed_deployments",
    "count_failed_executions",
    "latest_executions",
]


@dataclass(frozen=True, slots=True)
class ExecutionSummary:
    """A run as others see it."""

    id: uuid.UUID
    org_id: uuid.UUID
    workflow_id: uuid.UUID
    workflow_name: str
    project_id: uuid.UUID
    status: ExecutionStatus
    started_at: datetime
    finished_at: datetime | None
    error_message: str | None


async def count_failed_deployments(work: UnitOfWork) -> int:
    """Count the workflows of the scope whose last deployment failed."""
    return await InstanceDao(work).count_with_status(WorkflowStatus.FAILED)


async def count_failed_executions(work: UnitOfWork, *, since: datetime) -> int:
    """Count the runs of the scope that began since a moment and ended badly."""
    return await ExecutionDao(work).count_failed(since)


async def latest_executions(work: UnitOfWork, limit: int) -> list[ExecutionSummary]:
    """Return the latest runs of the scope, newest first, in two statements."""
    rows = await ExecutionDao(work).latest(limit)
    workflows = {row.id: row for row in await InstanceDao(work).by_ids({row.workflow_id for row in rows})}
    return [
        ExecutionSummary(
            id=row.id,
            org_id=row.org_id,
            workflow_id=row.workflow_id,
            workflow_name=workflows[row.workflow_id].template_name,
            project_id=workflows[row.workflow_id].project_id,
            status=row.status,
            started_at=row.started_at,
            finished_at=row.finished_at,
            error_message=row.error_message,
        )
        for row in rows
    ]
