"""Queries of deployed workflows."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, DateTime, Select, bindparam, func, select, union
from sqlalchemy.orm import aliased

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.open_end import at_or_after
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import WordSearch
from capecontrol.core.figures import Figure
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import Owned, Part
from capecontrol.features.projects.interface import projects_to_join
from capecontrol.features.workflows.dao.executions import RECENTLY, has_failed
from capecontrol.features.workflows.filters import WorkflowFilter
from capecontrol.features.workflows.lifecycle import WorkflowStatus
from capecontrol.features.workflows.models import Execution, WorkflowInstance, WorkflowToken


@dataclass(frozen=True, slots=True)
class FailedDeployment:
    """A workflow whose last deployment failed."""

    id: uuid.UUID
    org_id: uuid.UUID
    workflow_name: str
    project_id: uuid.UUID
    failed_at: datetime
    failure_reason: str | None


@dataclass(frozen=True, slots=True)
class LeftWorkflow:
    """A removed workflow that still runs at its server."""

    id: uuid.UUID
    org_id: uuid.UUID
    workflow_name: str
    project_code: str
    project_title: str
    server: str
    given_up_at: datetime


class InstanceDao(Dao[WorkflowInstance]):
    """Deployed workflows within the scope."""

    model = WorkflowInstance

    async def search(self, wanted: WorkflowFilter, query: PageQuery) -> Slice[WorkflowInstance]:
        """Return a page of workflows; removed ones only when asked for by status."""
        return await WORKFLOWS.page(self.work, query, **self.values(wanted))

    async def ids(self, wanted: WorkflowFilter, limit: int) -> list[uuid.UUID]:
        """Return the ids of the first workflows of a search."""
        return await WORKFLOWS.ids(self.work, limit, **self.values(wanted))

    def values(self, wanted: WorkflowFilter) -> dict[str, object]:
        """Return the values of the list's filters."""
        return {
            "project_id": wanted.project_id,
            "org_id": wanted.org_id,
            "status": wanted.status,
            "there": wanted.status is None,
            "q": wanted.q,
            "failed_since": self.work.now() - RECENTLY if wanted.is_failing else None,
        }

    async def count_in(self, environment_id: uuid.UUID) -> int:
        """Return how many workflows were ever deployed in an environment."""
        statement = select(func.count()).where(*self.owned(), WorkflowInstance.environment_id == environment_id)
        return int((await self.session.execute(statement)).scalar_one())

    async def owner_of(self, workflow_id: uuid.UUID) -> uuid.UUID | None:
        """Return a workflow's organization: for a callback, in the sign-in scope."""
        statement = select(WorkflowInstance.org_id).where(*self.owned(), WorkflowInstance.id == workflow_id)
        return (await self.session.execute(statement)).scalar_one_or_none()


def _failing(since: BindParameter[datetime]) -> CompoundSelect[Any]:
    """Select the workflows whose last deployment failed, or a run of which did that began since a moment.

    Both are few and have an index of their own: from them to the workflows the way is shorter than from each workflow
    to its runs.
    """
    instance = aliased(WorkflowInstance)
    not_deployed = select(instance.id, instance.org_id).where(instance.status == constant(WorkflowStatus.FAILED))
    failed_runs = select(Execution.workflow_id, Execution.org_id).where(
        has_failed(), at_or_after(Execution.started_at, since)
    )
    return union(not_deployed, failed_runs)


def _is_failing(since: BindParameter[datetime]) -> ColumnElement[bool]:
    return WorkflowInstance.id.in_(select(_failing(since).subquery().c.id))


WORKFLOWS = PageRead(
    WorkflowInstance,
    sorts={"name": sort_text(WorkflowInstance.template_name)},
    project_id=WorkflowInstance.project_id == bindparam("project_id"),
    org_id=WorkflowInstance.org_id == bindparam("org_id"),
    status=WorkflowInstance.status == bindparam("status"),
    there=WorkflowInstance.status != WorkflowStatus.REMOVED,
    failed_since=_is_failing(bindparam("failed_since", type_=DateTime(timezone=True))),
    words=WordSearch(WorkflowToken.token, WorkflowToken.workflow_id, WorkflowToken.org_id),
)


def failed_deployments() -> Figure:
    """Return the workflows whose last deployment failed, as a figure."""
    return Figure(WorkflowInstance.status == constant(WorkflowStatus.FAILED), owner=WorkflowInstance.org_id)


def latest_failed_deployments(limit: int) -> Part:
    """Return the SELECT of the newest workflows whose last deployment failed, as ``FailedDeployment`` reads it."""
    failed = (
        select(
            WorkflowInstance.id, WorkflowInstance.org_id, WorkflowInstance.template_name, WorkflowInstance.project_id,
            WorkflowInstance.updated_at, WorkflowInstance.failure_reason,
        )
        .where(WorkflowInstance.status == constant(WorkflowStatus.FAILED))
        .order_by(WorkflowInstance.created_at.desc(), WorkflowInstance.id.desc())
        .limit(constant(limit))
    )  # fmt: skip
    return lambda owned: failed.where(*owned(WorkflowInstance.org_id))


def workflows_left(limit: int) -> Part:
    """Return the SELECT of removed workflows that still run at their server, the latest that were given up."""

    def written(owned: Owned) -> Select[Any]:
        project = projects_to_join()
        left = (
            select(
                WorkflowInstance.id, WorkflowInstance.org_id, WorkflowInstance.template_name, project.c.code,
                project.c.title, WorkflowInstance.still_runs_at, WorkflowInstance.updated_at,
            )
            .join(project, project.c.id == WorkflowInstance.project_id)
            .where(WorkflowInstance.still_runs_at.is_not(None), *owned(WorkflowInstance.org_id))
        )  # fmt: skip
        return left.order_by(WorkflowInstance.updated_at.desc(), WorkflowInstance.id.desc()).limit(constant(limit))

    return written


def failing_workflows(since: BindParameter[datetime]) -> Figure:
    """Return the workflows that the list shows of those that fail, as a figure.

    What was removed is left out by its own few rows of an index: to join what fails with the workflows takes reading
    all of them.
    """
    failing, removed = _failing(since).subquery(), aliased(WorkflowInstance)
    are_gone = select(removed.id).where(removed.status == constant(WorkflowStatus.REMOVED))
    return Figure(failing.c.id.not_in(are_gone), owner=failing.c.org_id)
