"""What dashboards ask of several features at once."""

from datetime import UTC, datetime, timedelta

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
    UndeliveredProposals,
    letters_of_lost_proposals,
    money_being_paid,
    money_to_pay,
    offers_expired,
    payments_lost,
    payments_silent,
    proposals_to_decide,
    proposals_to_pay,
    proposals_waiting,
)
from capecontrol.features.system.interface import FailingMails, dead_letters, failing_mails
from capecontrol.features.workflows.interface import (
    RECENTLY,
    FailedDeployment,
    LatestErrors,
    LeftWorkflow,
    failed_deployments,
    failed_executions,
    failing_workflows,
    latest_failed_deployments,
    workflows_left,
)

#: How many rows each source may add to a list.
ROWS = 10
#: How many proposals to pay, those that changed last, a client is reminded of.
TO_PAY = 200
#: For how long e-mails fail before somebody is told: most failures pass by themselves.
MAILS_FAIL_FOR = timedelta(hours=1)
#: For how long a payment may be on its way before somebody is told: no debit takes longer as a rule.
PAYMENTS_TAKE = timedelta(days=14)
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
    letters_of_lost_proposals=letters_of_lost_proposals(_NOW),
)
_CLIENT_FIGURES = FiguresRead(
    paid=money_received(bindparam("ever", type_=_MOMENT), _NOW), open=money_to_pay(), processing=money_being_paid()
)
_CLIENT_NEEDS = ScopedUnion(
    proposals_to_pay(TO_PAY), proposals_to_decide(_NOW, ROWS), offers_expired(ROWS), row=PendingProposal.read
)
#: The latest of all projects, each with its project's title.
LATEST_ACTIVITY = LatestActivity(project_title, ROWS)
UNDELIVERED_PROPOSALS = UndeliveredProposals(_NOW, ROWS)
STALLED_PROPOSALS = StalledProposals(ROWS)
LOST_PAYMENTS = ScopedUnion(
    payments_lost(ROWS), payments_silent(bindparam("silent_since", type_=_MOMENT), ROWS), row=PendingProposal.read
)
FAILING_MAILS = ScopedUnion(failing_mails(bindparam("announced_before", type_=_MOMENT)), row=FailingMails)
FAILED_DEPLOYMENTS = ScopedUnion(latest_failed_deployments(ROWS), row=FailedDeployment)
LEFT_WORKFLOWS = ScopedUnion(workflows_left(ROWS), row=LeftWorkflow)
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
    """Return what was ever ``paid``, what is ``open``, approved and not paid, and what of that is ``processing``."""
    return await _CLIENT_FIGURES.read(work, now=work.now(), ever=_EPOCH)


async def client_needs(work: UnitOfWork) -> list[PendingProposal]:
    """Return the proposals that wait for the client, to be paid or to be decided on, or have expired, in no order."""
    return await _CLIENT_NEEDS.all(work, now=work.now())
