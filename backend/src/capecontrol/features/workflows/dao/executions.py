"""Queries of runs."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    DateTime,
    FromClause,
    Interval,
    SQLColumnExpression,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.found_by import found_by
from capecontrol.core.db.open_end import at_or_after
from capecontrol.core.figures import Figure
from capecontrol.core.ids import new_id
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.scoped_read import Part, ScopedRead
from capecontrol.features.workflows.filters import ExecutionFilter
from capecontrol.features.workflows.lifecycle import ExecutionStatus, TriggerKind, WorkflowStatus
from capecontrol.features.workflows.models import Execution, WorkflowInstance

#: How far back a failed run still counts.
RECENTLY = timedelta(days=7)
#: How many of them are counted of one workflow.
FAILURES_MAX = 100


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


@dataclass(frozen=True, slots=True)
class WorkflowRuns:
    """The last run of a workflow by its start, if it ever ran, and how many runs of the last days failed."""

    workflow_id: uuid.UUID
    status: ExecutionStatus | None
    started_at: datetime | None
    recent_failures: int


class ExecutionDao(Dao[Execution]):
    """Runs within the scope."""

    model = Execution

    async def of_workflow(self, workflow_id: uuid.UUID, wanted: ExecutionFilter, query: PageQuery) -> Slice[Execution]:
        """Return a page of a workflow's runs."""
        return await EXECUTIONS.page(self.work, query, workflow_id=workflow_id, **wanted.values())

    async def runs_of(self, workflow_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, WorkflowRuns]:
        """Return how workflows run, by their ids; of at most ``FAILURES_MAX`` failures it is told how many."""
        runs = await _RUNS.all(self.work, ids=list(workflow_ids), since=self.work.now() - RECENTLY)
        return {one.workflow_id: one for one in runs}

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

    async def count_external_since(self, workflow_id: uuid.UUID, moment: datetime, limit: int) -> int:
        """Return how many runs that somebody else started were added since a moment; a limit or more is the limit."""
        since = select(Execution.id).where(
            *self.owned(),
            Execution.workflow_id == workflow_id,
            Execution.trigger == TriggerKind.EXTERNAL,
            Execution.created_at >= moment,
        )
        counted = select(func.count()).select_from(since.limit(limit).subquery())
        return int((await self.session.execute(counted)).scalar_one())

    async def forget_ended_before(self, moment: datetime, limit: int) -> int:
        """Delete runs that were added before a moment and have ended; return how many."""
        return await self.delete_first(
            Execution.created_at < moment, Execution.finished_at.is_not(None), by=Execution.created_at, limit=limit
        )

    async def forget_surplus(self, newest: int, moment: datetime, limit: int) -> int:
        """Delete ended runs of before a moment beyond a number of each workflow's newest; return how many."""
        ordered = (
            select(Execution.id, Execution.created_at, Execution.finished_at)
            .where(Execution.workflow_id == WorkflowInstance.id)
            .order_by(Execution.created_at.desc(), Execution.id.desc())
            .offset(newest)
            .lateral()
        )
        surplus = (
            select(ordered.c.id)
            .select_from(WorkflowInstance)
            .join(ordered, true())
            .where(ordered.c.created_at < moment, ordered.c.finished_at.is_not(None))
            .limit(limit)
        )
        return await self.delete_first(found_by(Execution.id, surplus), by=Execution.created_at, limit=limit)

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


def has_failed() -> ColumnElement[bool]:
    """Say of a run that it failed; one that somebody cancelled did not."""
    return Execution.status == constant(ExecutionStatus.ERROR)


EXECUTIONS = PageRead(
    Execution,
    sorts={"started_at": Execution.started_at},
    workflow_id=Execution.workflow_id == bindparam("workflow_id"),
    status=Execution.status == bindparam("status"),
)


def last_run_to_join(workflow_id: SQLColumnExpression[uuid.UUID]) -> FromClause:
    """Return the last run of a workflow by its start, to look up one for each row: ``status, started_at``."""
    latest = select(Execution.status, Execution.started_at).where(Execution.workflow_id == workflow_id)
    return latest.order_by(Execution.started_at.desc(), Execution.id.desc()).limit(constant(1)).lateral("last_run")


def failures_to_join(workflow_id: SQLColumnExpression[uuid.UUID], since: ColumnElement[datetime]) -> FromClause:
    """Return how many runs of a workflow that began since a moment failed, to look up for each row: ``count``."""
    failed = select(Execution.id).where(
        Execution.workflow_id == workflow_id, has_failed(), Execution.started_at >= since
    )
    # Two selects below the workflow's: SQLAlchemy would add its table here unless it is told.
    bounded = failed.limit(constant(FAILURES_MAX)).correlate(WorkflowInstance).subquery()
    return select(func.count().label("count")).select_from(bounded).lateral("failures")


def recently(now: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """Return the moment since which a failed run is a recent one."""
    return now - literal_column(f"interval '{RECENTLY.days} days'", Interval)


def _runs() -> ScopedRead[WorkflowRuns]:
    last = last_run_to_join(WorkflowInstance.id)
    failures = failures_to_join(WorkflowInstance.id, bindparam("since", type_=DateTime(timezone=True)))
    statement = (
        select(WorkflowInstance.id, last.c.status, last.c.started_at, failures.c.count)
        .select_from(WorkflowInstance)
        .outerjoin(last, true())
        .join(failures, true())
        .where(WorkflowInstance.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    )
    return ScopedRead(statement, WorkflowRuns, owner=WorkflowInstance.org_id)


_RUNS = _runs()


def latest_errors(limit: int) -> Part:
    """Return the SELECT of the latest failed run of each workflow as ``FailedRuns`` reads it, in its index's order.

    Of those that began ``since`` a moment; what was removed needs nobody any more. The latest by its start: a run that
    somebody started at the engine is noted later than it began.
    """
    later, one = aliased(Execution), aliased(Execution)
    begins_later = tuple_(later.started_at, later.id) > tuple_(Execution.started_at, Execution.id)
    has_later = exists().where(_fails_with(later), begins_later)
    since = bindparam("since", type_=DateTime(timezone=True))
    count = select(func.count()).where(_fails_with(one), at_or_after(one.started_at, since)).scalar_subquery()
    is_its = (WorkflowInstance.org_id == Execution.org_id) & (WorkflowInstance.id == Execution.workflow_id)
    errors = (
        select(
            Execution.id, Execution.org_id, WorkflowInstance.template_name, WorkflowInstance.project_id,
            Execution.started_at, Execution.finished_at, Execution.error_message, count.label("count"),
        )
        .join(WorkflowInstance, is_its)
        .where(
            has_failed(),
            at_or_after(Execution.started_at, since),
            WorkflowInstance.status != constant(WorkflowStatus.REMOVED),
            ~has_later,
        )
        .order_by(Execution.started_at.desc(), Execution.id.desc())
        .limit(constant(limit))
    )  # fmt: skip
    return lambda owned: errors.where(*owned(Execution.org_id))


def _fails_with(other: type[Execution]) -> ColumnElement[bool]:
    """Say of another run that it is of the same workflow and failed, too."""
    return and_(
        other.org_id == Execution.org_id,
        other.workflow_id == Execution.workflow_id,
        other.status == constant(ExecutionStatus.ERROR),
    )


def failed_executions(since: BindParameter[datetime]) -> Figure:
    """Return the runs that began since a moment and failed, as a figure: of the workflows that are still there.

    What was removed is left out by its own few rows of an index, as in ``failing_workflows``.
    """
    are_gone = select(WorkflowInstance.id).where(WorkflowInstance.status == constant(WorkflowStatus.REMOVED))
    of_others = Execution.workflow_id.not_in(are_gone)
    return Figure(has_failed(), at_or_after(Execution.started_at, since), of_others, owner=Execution.org_id)
