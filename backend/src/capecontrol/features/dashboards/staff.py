"""The operator's dashboard."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import Pages
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.core.templating import money_text
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import latest_activity
from capecontrol.features.billing.interface import UnappliedPayment, revenue, unapplied_payments
from capecontrol.features.dashboards.months import MonthToDate
from capecontrol.features.dashboards.schemas import (
    ActiveProjectsFigure,
    FailuresFigure,
    Need,
    NeedKind,
    RecentActivity,
    RevenueFigure,
    StaffDashboard,
    WaitingProposalsFigure,
)
from capecontrol.features.organizations.interface import organizations_by_id
from capecontrol.features.projects.interface import count_active_projects, projects_by_id
from capecontrol.features.proposals.interface import (
    ProposalStatus,
    ProposalSummary,
    proposals_waiting,
    proposals_with_status,
)
from capecontrol.features.system.interface import count_dead_letters
from capecontrol.features.workflows.interface import (
    ExecutionStatus,
    ExecutionSummary,
    count_failed_deployments,
    count_failed_executions,
    latest_executions,
)

#: How many rows each source may add to a list.
ROWS = 10
#: How far back a failed run still counts.
RECENT = timedelta(days=7)


async def staff_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> StaffDashboard:
    """Gather the page. A fixed number of statements, whatever there is to show."""
    now = work.now()
    month = MonthToDate.of(now, business.timezone)
    active = await count_active_projects(work, since=month.start)
    waiting = await proposals_waiting(work)
    received = await revenue(work, month.start, now)
    received_before = await revenue(work, month.last_start, month.last_end)
    runs = await count_failed_executions(work, since=now - RECENT)
    deployments = await count_failed_deployments(work)
    changes = await proposals_with_status(work, ProposalStatus.CHANGES_REQUESTED, limit=ROWS)
    unapplied = await unapplied_payments(work, ROWS)
    failed = [run for run in await latest_executions(work, 5 * ROWS) if run.status is ExecutionStatus.ERROR][:ROWS]
    dead_letters = await count_dead_letters(work)
    activities = await latest_activity(work, catalog, ROWS)

    codes = {
        project.id: project.code
        for project in (await projects_by_id(work, {proposal.project_id for proposal in changes})).values()
    }
    involved = {proposal.org_id for proposal in changes} | {payment.org_id for payment in unapplied}
    involved |= {run.org_id for run in failed} | {activity.org_id for activity in activities}
    labels = {one.id: OrganizationRef.map_from(one) for one in (await organizations_by_id(work, involved)).values()}

    needs = [
        *(_changes_asked(proposal, codes[proposal.project_id], labels) for proposal in changes),
        *(_unapplied(payment, labels) for payment in unapplied),
        *_dead_letters(dead_letters),
        *_failed_deployments(deployments),
        *(_failed_run(run, labels) for run in failed if run.started_at >= now - RECENT),
    ]
    return StaffDashboard(
        realm=Realm.ADMIN,
        as_of=now,
        timezone=business.timezone.key,
        currency=business.currency,
        active_projects=ActiveProjectsFigure(
            count=active.total, new_this_month=active.new, link=Pages.projects_in_progress()
        ),
        proposals_waiting=WaitingProposalsFigure(
            count=waiting.count, worth=bodies(waiting.worth), link=Pages.proposals_sent()
        ),
        revenue=RevenueFigure(
            received=bodies(received),
            last_month_to_date=bodies(received_before),
            since=month.start,
            link=Pages.invoices(),
        ),
        failures=FailuresFigure(
            count=runs + deployments,
            failed_executions=runs,
            failed_deployments=deployments,
            link=Pages.workflows(),
        ),
        needs_you=needs,
        activity=[RecentActivity.of(activity, labels.get(activity.org_id)) for activity in activities],
    )


def bodies(amounts: Iterable[Money]) -> list[MoneyBody]:
    """Return amounts as the API writes them."""
    return [MoneyBody.from_money(money) for money in amounts]


Labels = dict[UUID, OrganizationRef]


def _changes_asked(proposal: ProposalSummary, code: str, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.CHANGES_REQUESTED,
        title=f"Changes asked on {code} v{proposal.version}",
        reason=f"“{proposal.decision_note or ''}”",
        link=Pages.proposal(proposal.id),
        at=proposal.decided_at,
        due_at=None,
        amount=MoneyBody.from_money(proposal.total),
        organization=labels.get(proposal.org_id),
    )


def _unapplied(payment: UnappliedPayment, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.UNAPPLIED_PAYMENT,
        title=f"{money_text(payment.amount)} unapplied",
        reason=payment.reason,
        link=Pages.invoices(),
        at=payment.received_at,
        due_at=None,
        amount=MoneyBody.from_money(payment.amount),
        organization=labels.get(payment.org_id),
    )


def _failed_deployments(count: int) -> list[Need]:
    if count == 0:
        return []
    return [
        Need(
            kind=NeedKind.FAILED_DEPLOYMENT,
            title="1 workflow is not deployed" if count == 1 else f"{count} workflows are not deployed",
            reason="The last attempt failed; deploy again, or remove what is not needed",
            link=Pages.failed_workflows(),
            at=None,
            due_at=None,
            amount=None,
            organization=None,
        )
    ]


def _dead_letters(count: int) -> list[Need]:
    if count == 0:
        return []
    return [
        Need(
            kind=NeedKind.DEAD_LETTERS,
            title="1 message was not delivered" if count == 1 else f"{count} messages were not delivered",
            reason="Every attempt failed; see why, and try again",
            link=Pages.system(),
            at=None,
            due_at=None,
            amount=None,
            organization=None,
        )
    ]


def _failed_run(run: ExecutionSummary, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.FAILED_EXECUTION,
        title=f"Run failed: {run.workflow_name}",
        reason=run.error_message or "The engine gave no reason",
        link=Pages.project(run.project_id),
        at=run.finished_at or run.started_at,
        due_at=None,
        amount=None,
        organization=labels.get(run.org_id),
    )
