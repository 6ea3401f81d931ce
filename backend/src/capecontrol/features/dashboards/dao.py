"""What dashboards ask of several features at once."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, bindparam

from capecontrol.core.figures import Figures, FiguresRead
from capecontrol.core.scoped_read import ScopedUnion
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import LatestActivity
from capecontrol.features.billing.interface import money_received
from capecontrol.features.dashboards.months import MonthToDate
from capecontrol.features.projects.interface import project_title, projects_in_progress
from capecontrol.features.proposals.interface import (
    PendingProposal,
    StalledProposals,
    money_to_pay,
    proposals_to_decide,
    proposals_to_pay,
    proposals_waiting,
)
from capecontrol.features.system.interface import dead_letters
from capecontrol.features.workflows.interface import (
    RECENTLY,
    LatestErrors,
    failed_deployments,
    failed_executions,
    failing_workflows,
)

#: How many rows each source may add to a list.
ROWS = 10
#: How many proposals to pay, those that changed last, a client is reminded of.
TO_PAY = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MOMENT = DateTime(timezone=True)
_NOW = bindparam("now", type_=_MOMENT)
_MONTH = bindparam("month", type_=_MOMENT)
_RECENT = bindparam("recent", type_=_MOMENT)

_STAFF_FIGURES = FiguresRead(
    active_projects=projects_in_progress(),
    new_projects=projects_in_progress(made_since=_MONTH),
    proposals_waiting=proposals_waiting(_NOW),
    received=money_received(_MONTH, _NOW),
    received_before=money_received(
        bindparam("last_month", type_=_MOMENT), bindparam("last_month_to_date", type_=_MOMENT)
    ),
    failed_executions=failed_executions(_RECENT),
    failed_deployments=failed_deployments(),
    failing_workflows=failing_workflows(_RECENT),
    dead_letters=dead_letters(),
)
_CLIENT_FIGURES = FiguresRead(paid=money_received(bindparam("ever", type_=_MOMENT), _NOW), open=money_to_pay())
_CLIENT_NEEDS = ScopedUnion(proposals_to_pay(TO_PAY), proposals_to_decide(_NOW, ROWS), row=PendingProposal.read)
#: The latest of all projects, each with its project's title.
LATEST_ACTIVITY = LatestActivity(project_title, ROWS)
STALLED_PROPOSALS = StalledProposals(ROWS)
LATEST_ERRORS = LatestErrors(ROWS)


async def staff_figures(work: UnitOfWork, month: MonthToDate) -> Figures:
    """Return the numbers of the operator's page."""
    now = work.now()
    return await _STAFF_FIGURES.read(
        work,
        now=now,
        month=month.start,
        last_month=month.last_start,
        last_month_to_date=month.last_end,
        recent=now - RECENTLY,
    )


async def client_figures(work: UnitOfWork) -> Figures:
    """Return what was ever ``paid``, and what is ``open``: all that was approved and is not paid."""
    return await _CLIENT_FIGURES.read(work, now=work.now(), ever=_EPOCH)


async def client_needs(work: UnitOfWork) -> list[PendingProposal]:
    """Return the proposals that wait for the client, to be paid or to be decided on, in no order."""
    return await _CLIENT_NEEDS.all(work, now=work.now())
