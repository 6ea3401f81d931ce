"""Queries of workflows."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import BindParameter, ColumnElement, DateTime, Integer, Select, bindparam, func, or_, select, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.sort_text import sort_text
from capecontrol.core.db.word_search import WordSearch, text_has_words
from capecontrol.core.figures import Figure
from capecontrol.core.ids import new_id
from capecontrol.core.page_read import PageRead
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import Owned, ScopedUnion
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowStatus
from capecontrol.features.workflows.models import (
    Execution,
    N8nEnvironment,
    WorkflowInstance,
    WorkflowTemplate,
    WorkflowToken,
)


class EnvironmentDao(Dao[N8nEnvironment]):
    """Environments: the platform's."""

    model = N8nEnvironment
    owner = None

    async def has_name(self, name: str, *, besides: uuid.UUID | None = None) -> bool:
        """Tell whether another environment has the name."""
        statement = self.select().where(N8nEnvironment.name == name)
        if besides is not None:
            statement = statement.where(N8nEnvironment.id != besides)
        return await self.one(statement) is not None

    async def save(self) -> bool:
        """Send the changes; tell whether a unique name or a reference from elsewhere let them pass.

        When not, the unit of work is lost: raise, and it is rolled back.
        """
        try:
            await self.session.flush()
        except IntegrityError:
            return False
        return True

    async def list(self, query: PageQuery, *, q: str | None = None) -> Slice[N8nEnvironment]:
        """Return a page of environments."""
        return await ENVIRONMENTS.page(self.work, query, q=q or None)


class TemplateDao(Dao[WorkflowTemplate]):
    """Templates: the platform's."""

    model = WorkflowTemplate
    owner = None

    async def current(
        self, query: PageQuery, *, category: str | None = None, q: str | None = None
    ) -> Slice[WorkflowTemplate]:
        """Return a page of the templates' current versions."""
        return await TEMPLATES.page(self.work, query, category=category, q=q or None)


@dataclass(frozen=True, slots=True)
class WorkflowFilter:
    """What a reader looks for; every part narrows the answer."""

    project_id: uuid.UUID | None = None
    org_id: uuid.UUID | None = None
    status: WorkflowStatus | None = None
    q: str | None = None
    is_failing: bool = False

    def values(self, now: datetime) -> dict[str, object]:
        """Return the values of the list's filters at a moment."""
        return {
            "project_id": self.project_id,
            "org_id": self.org_id,
            "status": self.status,
            "there": self.status is None,
            "q": self.q or None,
            "failed_since": now - RECENTLY if self.is_failing else None,
        }


class InstanceDao(Dao[WorkflowInstance]):
    """Deployed workflows within the scope."""

    model = WorkflowInstance

    async def search(self, wanted: WorkflowFilter, query: PageQuery) -> Slice[WorkflowInstance]:
        """Return a page of workflows; removed ones only when asked for by status."""
        return await WORKFLOWS.page(self.work, query, **wanted.values(self.work.now()))

    async def ids(self, wanted: WorkflowFilter, limit: int) -> list[uuid.UUID]:
        """Return the ids of the first workflows of a search."""
        return await WORKFLOWS.ids(self.work, limit, **wanted.values(self.work.now()))

    async def count_in(self, environment_id: uuid.UUID) -> int:
        """Return how many workflows were ever deployed in an environment."""
        statement = select(func.count()).where(*self.owned(), WorkflowInstance.environment_id == environment_id)
        return int((await self.session.execute(statement)).scalar_one())

    async def owner_of(self, workflow_id: uuid.UUID) -> uuid.UUID | None:
        """Return a workflow's organization: for a callback, in the sign-in scope."""
        statement = select(WorkflowInstance.org_id).where(*self.owned(), WorkflowInstance.id == workflow_id)
        return (await self.session.execute(statement)).scalar_one_or_none()


#: How a run ends that did not succeed.
FAILED = (ExecutionStatus.ERROR, ExecutionStatus.CANCELED)
#: How far back a failed run still counts.
RECENTLY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FailedRuns:
    """The latest run of a workflow that ended with an error, and how many did."""

    id: uuid.UUID
    org_id: uuid.UUID
    workflow_name: str
    project_id: uuid.UUID
    started_at: datetime
    finished_at: datetime | None
    error_message: str | None
    count: int


class ExecutionDao(Dao[Execution]):
    """Runs within the scope."""

    model = Execution

    async def of_workflow(
        self, workflow_id: uuid.UUID, query: PageQuery, *, status: ExecutionStatus | None = None
    ) -> Slice[Execution]:
        """Return a page of a workflow's runs."""
        return await EXECUTIONS.page(self.work, query, workflow_id=workflow_id, status=status)

    async def latest_errors(self, since: datetime, limit: int) -> list[FailedRuns]:
        """Return the workflows whose runs that began since a moment ended with an error: the latest, in no order."""
        return await _ERRORS.all(self.work, since=since, rows=limit)

    async def by_engine_id(self, workflow_id: uuid.UUID, engine_execution_id: str) -> Execution | None:
        """Return the run with the engine's id, locked until the unit ends."""
        return await self.one(
            self.select()
            .where(Execution.workflow_id == workflow_id, Execution.engine_execution_id == engine_execution_id)
            .with_for_update()
        )

    async def add_external(
        self, org_id: uuid.UUID, workflow_id: uuid.UUID, engine_execution_id: str, started_at: datetime, now: datetime
    ) -> None:
        """Add a run that somebody else started, unless it is there already."""
        await self.session.execute(
            insert(Execution)
            .values(
                id=new_id(),
                org_id=org_id,
                workflow_id=workflow_id,
                engine_execution_id=engine_execution_id,
                status=ExecutionStatus.RUNNING,
                trigger=TriggerKind.EXTERNAL,
                started_at=started_at,
                created_at=now,
                updated_at=now,
            )
            .on_conflict_do_nothing(constraint="uq_executions_engine_execution_id")
        )

    async def to_watch(self, before: datetime, limit: int) -> list[Execution]:
        """Return runs that were handed over before a moment and have not ended, the longest unchecked first."""
        statement = self.select().where(
            Execution.status == ExecutionStatus.RUNNING,
            Execution.created_at < before,
            or_(Execution.dispatched_at.is_not(None), Execution.trigger == TriggerKind.EXTERNAL),
        )
        return await self.all(statement.order_by(Execution.checked_at.asc().nulls_first()).limit(limit))

    async def cancel_running(self, workflow_id: uuid.UUID, reason: str, now: datetime) -> int:
        """End a workflow's runs that have not ended."""
        return await self.update_where(
            Execution.workflow_id == workflow_id,
            Execution.status == ExecutionStatus.RUNNING,
            status=ExecutionStatus.CANCELED,
            error_message=reason,
            payload=None,
            finished_at=now,
        )

    async def end(
        self,
        execution: Execution,
        *,
        status: ExecutionStatus,
        finished_at: datetime,
        error_message: str | None,
        engine_execution_id: str | None,
    ) -> bool:
        """End a run that has not ended; tell whether this call did it."""
        values: dict[str, JsonValue | datetime] = {"error_message": error_message, "payload": None}
        if engine_execution_id is not None:
            values["engine_execution_id"] = engine_execution_id
        changed = await self.update_where(
            Execution.id == execution.id,
            Execution.status == ExecutionStatus.RUNNING,
            status=status,
            finished_at=finished_at,
            **values,
        )
        return changed == 1


ENVIRONMENTS = PageRead(
    N8nEnvironment,
    sorts={"name": sort_text(N8nEnvironment.name)},
    owner=None,
    q=text_has_words(N8nEnvironment.name, N8nEnvironment.base_url),
)
TEMPLATES = PageRead(
    WorkflowTemplate,
    WorkflowTemplate.is_current,
    sorts={"name": sort_text(WorkflowTemplate.name)},
    owner=None,
    category=WorkflowTemplate.category == bindparam("category"),
    q=text_has_words(WorkflowTemplate.name, WorkflowTemplate.description, WorkflowTemplate.category),
)


def _ended_badly() -> ColumnElement[bool]:
    return or_(*(Execution.status == constant(status) for status in FAILED))


def _is_failing(since: BindParameter[datetime]) -> ColumnElement[bool]:
    """Tell workflows whose last deployment failed, or a run of which did that began since a moment.

    Both are few and have an index of their own: from them to the workflows the way is shorter than from each workflow
    to its runs.
    """
    instance = aliased(WorkflowInstance)
    not_deployed = select(instance.id).where(instance.status == constant(WorkflowStatus.FAILED))
    failed_runs = select(Execution.workflow_id).where(_ended_badly(), Execution.started_at >= since)
    return WorkflowInstance.id.in_(union(not_deployed, failed_runs))


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
EXECUTIONS = PageRead(
    Execution,
    sorts={"started_at": Execution.started_at},
    workflow_id=Execution.workflow_id == bindparam("workflow_id"),
    status=Execution.status == bindparam("status"),
)


def _errors(owned: Owned) -> Select[Any]:
    """Return the latest failed run of each workflow as ``FailedRuns`` reads it, in the order of its index."""
    later, one, is_error = aliased(Execution), aliased(Execution), Execution.status == constant(ExecutionStatus.ERROR)
    # Ids are made in the order of time, so that of two runs the later one has the greater.
    has_later = select(later.id).where(_fails_as(later), later.id > Execution.id).exists()
    count = select(func.count()).where(_fails_as(one), one.started_at >= bindparam("since")).scalar_subquery()
    return (
        select(
            Execution.id, Execution.org_id, WorkflowInstance.template_name, WorkflowInstance.project_id,
            Execution.started_at, Execution.finished_at, Execution.error_message, count.label("count"),
        )
        .join(WorkflowInstance, _is_its_workflow())
        .where(is_error, Execution.started_at >= bindparam("since"), *owned(Execution.org_id), ~has_later)
        .order_by(Execution.started_at.desc(), Execution.id.desc())
        .limit(bindparam("rows", type_=Integer))
    )  # fmt: skip


def _is_its_workflow() -> ColumnElement[bool]:
    return (WorkflowInstance.org_id == Execution.org_id) & (WorkflowInstance.id == Execution.workflow_id)


def _fails_as(other: type[Execution]) -> ColumnElement[bool]:
    is_same = (other.org_id == Execution.org_id) & (other.workflow_id == Execution.workflow_id)
    return is_same & (other.status == constant(ExecutionStatus.ERROR))


_ERRORS = ScopedUnion(_errors, row=FailedRuns)


def failed_deployments() -> Figure:
    """Return the workflows whose last deployment failed, as a figure."""
    return Figure(WorkflowInstance.status == constant(WorkflowStatus.FAILED), owner=WorkflowInstance.org_id)


def failed_executions(since: BindParameter[datetime]) -> Figure:
    """Return the runs that began since a moment and ended badly, as a figure."""
    return Figure(_ended_badly(), Execution.started_at >= since, owner=Execution.org_id)


def failing_workflows(since: BindParameter[datetime]) -> Figure:
    """Return the workflows that the list shows of those that fail, as a figure."""
    is_there = WorkflowInstance.status != constant(WorkflowStatus.REMOVED)
    return Figure(is_there, _is_failing(since), owner=WorkflowInstance.org_id)
