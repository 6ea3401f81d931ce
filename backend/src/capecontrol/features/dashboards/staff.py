"""The operator's dashboard."""

from uuid import UUID

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath, Pages
from capecontrol.core.permissions import Realm
from capecontrol.core.templating import money_text
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import latest_activity
from capecontrol.features.billing.interface import UnappliedPayment, unapplied_payments
from capecontrol.features.dashboards.dao import RECENT, ROWS, staff_figures
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
    bodies,
)
from capecontrol.features.organizations.interface import organizations_by_id
from capecontrol.features.proposals.interface import PendingProposal, proposals_to_revise
from capecontrol.features.workflows.interface import FailedExecution, latest_errors


async def staff_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> StaffDashboard:
    """Gather the page. Two statements, whatever there is to show."""
    now = work.now()
    month = MonthToDate.of(now, business.timezone)
    figures, changes, unapplied, errors, activities = await work.transaction.together(
        staff_figures(work, month),
        proposals_to_revise(work, ROWS),
        unapplied_payments(work, ROWS),
        latest_errors(work, since=now - RECENT, limit=ROWS),
        latest_activity(work, catalog, ROWS),
    )
    involved = {row.org_id for rows in (changes, unapplied, errors, activities) for row in rows}
    labels = {one.id: OrganizationRef.map_from(one) for one in (await organizations_by_id(work, involved)).values()}

    runs, deployments = figures.count("failed_executions"), figures.count("failed_deployments")
    worth = sorted(figures.sums("proposals_waiting"), key=lambda one: -one.count)
    needs = [
        *(_changes_asked(proposal, labels) for proposal in changes),
        *(_unapplied(payment, labels) for payment in unapplied),
        *_dead_letters(figures.count("dead_letters")),
        *_failed_deployments(deployments),
        *(_failed_run(run, labels) for run in errors),
    ]
    return StaffDashboard(
        realm=Realm.ADMIN,
        as_of=now,
        timezone=business.timezone.key,
        currency=business.currency,
        active_projects=ActiveProjectsFigure(
            count=figures.count("active_projects"),
            new_this_month=figures.count("new_projects"),
            link=Pages.projects_in_progress(),
        ),
        proposals_waiting=WaitingProposalsFigure(
            count=figures.count("proposals_waiting"),
            worth=bodies(one.money for one in worth),
            link=Pages.proposals_sent(),
        ),
        revenue=RevenueFigure(
            received=bodies(figures.money("received")),
            last_month_to_date=bodies(figures.money("received_before")),
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


Labels = dict[UUID, OrganizationRef]


def _changes_asked(proposal: PendingProposal, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.CHANGES_REQUESTED,
        title=f"Changes requested on {proposal.project_code} v{proposal.version}",
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
    title = "1 workflow is not deployed" if count == 1 else f"{count} workflows are not deployed"
    reason = "The last attempt failed; deploy again, or remove what is not needed"
    return _of_many(count, NeedKind.FAILED_DEPLOYMENT, title, reason, Pages.failed_workflows())


def _dead_letters(count: int) -> list[Need]:
    title = "1 message was not delivered" if count == 1 else f"{count} messages were not delivered"
    return _of_many(count, NeedKind.DEAD_LETTERS, title, "Every attempt failed; see why, and try again", Pages.system())


def _of_many(count: int, kind: NeedKind, title: str, reason: str, link: PagePath) -> list[Need]:
    """Return the one row that stands for all things of a kind, or none when there is nothing."""
    if count == 0:
        return []
    return [
        Need(kind=kind, title=title, reason=reason, link=link, at=None, due_at=None, amount=None, organization=None)
    ]


def _failed_run(run: FailedExecution, labels: Labels) -> Need:
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
