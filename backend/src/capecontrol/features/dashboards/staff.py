"""The operator's dashboard."""

from uuid import UUID

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath, Pages
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.interface import UnappliedPayment, unapplied_payments
from capecontrol.features.dashboards.dao import LATEST_ACTIVITY, LATEST_ERRORS, ROWS, STALLED_PROPOSALS, staff_figures
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
from capecontrol.features.proposals.interface import ProposalStatus, StalledProposal
from capecontrol.features.workflows.interface import RECENTLY, FailedRuns


async def staff_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> StaffDashboard:
    """Gather the page. Two statements, whatever there is to show."""
    now = work.now()
    month = MonthToDate.of(now, business.timezone)
    figures, stalled, unapplied, errors, activities = await work.transaction.together(
        staff_figures(work, month),
        STALLED_PROPOSALS.read(work),
        unapplied_payments(work, ROWS),
        LATEST_ERRORS.read(work, since=now - RECENTLY),
        LATEST_ACTIVITY.read(work, catalog, zone=business.timezone),
    )
    involved = {row.org_id for rows in (stalled, unapplied, errors, activities) for row in rows}
    labels = {one.id: OrganizationRef.map_from(one) for one in (await organizations_by_id(work, involved)).values()}

    runs, deployments = figures.count("failed_executions"), figures.count("failed_deployments")
    worth = sorted(figures.sums("proposals_waiting"), key=lambda one: -one.count)
    needs = [
        # What is broken comes before what waits for somebody to write.
        *(_unapplied(payment, labels) for payment in unapplied),
        *_dead_letters(figures.count("dead_letters")),
        *_failed_deployments(deployments),
        *(_failed_runs(run, labels) for run in errors),
        *(_stalled(proposal, labels, business) for proposal in stalled),
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
            link=Pages.invoices_since(business.day_of(month.start)),
        ),
        failures=FailuresFigure(
            count=figures.count("failing_workflows"),
            failed_executions=runs,
            failed_deployments=deployments,
            link=Pages.failing_workflows(),
        ),
        needs_you=needs,
        activity=[RecentActivity.of(activity, labels.get(activity.org_id)) for activity in activities],
    )


Labels = dict[UUID, OrganizationRef]


def _stalled(proposal: StalledProposal, labels: Labels, business: Business) -> Need:
    name = f"{proposal.project_title} v{proposal.version} ({proposal.project_code})"
    advice = "Create a new proposal, or archive the project."
    note = f"“{proposal.decision_note}”" if proposal.decision_note else None
    match proposal.status:
        case ProposalStatus.CHANGES_REQUESTED:
            kind, title = NeedKind.CHANGES_REQUESTED, f"Changes requested: {name}"
            # The next version is a draft already, and says what the client asked for.
            reason, link = (
                note or "The next version is ready for you to revise.",
                Pages.proposal(proposal.next_id or proposal.id),
            )
        case ProposalStatus.DECLINED:
            kind, title = NeedKind.PROPOSAL_DECLINED, f"Proposal declined: {name}"
            reason, link = (
                f"The client wrote: {_ended(note)} {advice}" if note else advice,
                Pages.project(proposal.project_id),
            )
        case _:
            kind, title = NeedKind.PROPOSAL_EXPIRED, f"Proposal expired: {name}"
            end = (
                f"The client didn’t respond by {business.formats.date_of(proposal.valid_until)}. "
                if proposal.valid_until
                else ""
            )
            reason, link = f"{end}{advice}", Pages.project(proposal.project_id)
    return Need(
        kind=kind,
        title=title,
        reason=reason,
        link=link,
        at=proposal.decided_at or proposal.updated_at,
        due_at=None,
        amount=MoneyBody.from_money(proposal.total),
        organization=labels.get(proposal.org_id),
    )


def _ended(quote: str) -> str:
    """Return a quote as a sentence: with a full stop, unless it ends with one of its own."""
    return quote if quote.endswith((".”", "!”", "?”", "…”")) else f"{quote}."


def _unapplied(payment: UnappliedPayment, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.UNAPPLIED_PAYMENT,
        title="Unmatched payment",
        reason=payment.reason,
        link=Pages.invoices(),
        at=payment.received_at,
        due_at=None,
        amount=MoneyBody.from_money(payment.amount),
        organization=labels.get(payment.org_id),
    )


def _failed_deployments(count: int) -> list[Need]:
    title = "1 deployment failed" if count == 1 else f"{count} deployments failed"
    reason = "Deploy again, or remove workflows that are no longer needed."
    return _of_many(count, NeedKind.FAILED_DEPLOYMENT, title, reason, Pages.failed_workflows())


def _dead_letters(count: int) -> list[Need]:
    title = "1 message wasn’t delivered" if count == 1 else f"{count} messages weren’t delivered"
    return _of_many(
        count, NeedKind.DEAD_LETTERS, title, "All attempts failed. Find out why, then try again.", Pages.system()
    )


def _of_many(count: int, kind: NeedKind, title: str, reason: str, link: PagePath) -> list[Need]:
    """Return the one row that stands for all things of a kind, or none when there is nothing."""
    if count == 0:
        return []
    return [
        Need(kind=kind, title=title, reason=reason, link=link, at=None, due_at=None, amount=None, organization=None)
    ]


def _failed_runs(run: FailedRuns, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.FAILED_EXECUTION,
        title=f"Run failed: {run.workflow_name}" if run.count == 1 else f"{run.count} runs failed: {run.workflow_name}",
        reason=run.error_message or "n8n gave no reason.",
        link=Pages.project_workflows(run.project_id),
        at=run.finished_at or run.started_at,
        due_at=None,
        amount=None,
        organization=labels.get(run.org_id),
    )
