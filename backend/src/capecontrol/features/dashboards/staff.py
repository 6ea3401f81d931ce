"""The operator's dashboard."""

from collections.abc import Sequence

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import Pages
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.interface import UnappliedPayment, unapplied_payments
from capecontrol.features.dashboards.dao import (
    FAILED_DEPLOYMENTS,
    FAILING_MAILS,
    LATEST_ACTIVITY,
    LATEST_ERRORS,
    LEFT_WORKFLOWS,
    LOST_PAYMENTS,
    MAILS_FAIL_FOR,
    PAYMENTS_TAKE,
    ROWS,
    STALLED_PROPOSALS,
    UNDELIVERED_PROPOSALS,
    staff_figures,
)
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
from capecontrol.features.dashboards.undelivered import (
    Labels,
    dead_letters,
    failing_mails,
    left_workflow,
    not_delivered,
    of_many,
)
from capecontrol.features.organizations.interface import organizations_by_id
from capecontrol.features.proposals.interface import (
    PaymentProgress,
    PendingProposal,
    ProposalStatus,
    StalledProposal,
)
from capecontrol.features.workflows.interface import RECENTLY, FailedDeployment, FailedRuns


async def staff_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> StaffDashboard:
    """Gather the page. Two statements, whatever there is to show."""
    now = work.now()
    month = MonthToDate.of(now, business.timezone)
    reads = await work.transaction.together(
        staff_figures(work, month),
        UNDELIVERED_PROPOSALS.read(work),
        STALLED_PROPOSALS.read(work),
        unapplied_payments(work, ROWS),
        LOST_PAYMENTS.all(work, silent_since=now - PAYMENTS_TAKE),
        FAILING_MAILS.all(work, announced_before=now - MAILS_FAIL_FOR),
        LEFT_WORKFLOWS.all(work),
        FAILED_DEPLOYMENTS.all(work),
        LATEST_ERRORS.read(work, since=now - RECENTLY),
        LATEST_ACTIVITY.read(work, catalog, zone=business.timezone),
    )
    figures, undelivered, stalled, unapplied, unpaid, mails, left, undeployed, errors, activities = reads
    told = (undelivered, stalled, unapplied, unpaid, left, undeployed, errors, activities)
    involved = {row.org_id for rows in told for row in rows}
    labels = {one.id: OrganizationRef.map_from(one) for one in (await organizations_by_id(work, involved)).values()}

    runs, deployments = figures.count("failed_executions"), figures.count("failed_deployments")
    worth = sorted(figures.sums("proposals_waiting"), key=lambda one: -one.count)
    needs = [
        # What is broken comes before what waits for somebody to write.
        *(_unapplied(payment, labels) for payment in unapplied),
        *(_lost_payment(payment, labels) for payment in unpaid),
        *failing_mails(mails),
        *(not_delivered(proposal, labels) for proposal in undelivered),
        *dead_letters(figures, undelivered),
        *(left_workflow(workflow, labels) for workflow in left),
        *_failed_deployments(undeployed, deployments, labels),
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
        dismissible_id=proposal.id,
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


def _lost_payment(payment: PendingProposal, labels: Labels) -> Need:
    name = f"{payment.title} ({payment.project_code} v{payment.version})"
    if payment.payment_progress is PaymentProgress.FAILED:
        kind, title = NeedKind.PAYMENT_FAILED, f"Payment failed: {name}"
        reason = "Nothing was charged, and the client can pay again. Each owner of the organization gets an e-mail."
    elif payment.payment_progress is PaymentProgress.PROCESSING:
        kind, title = NeedKind.PAYMENT_SILENT, f"Payment still on its way: {name}"
        reason = (
            f"For more than {PAYMENTS_TAKE.days} days Stripe has neither confirmed nor refused it, and the client can’t"
            " pay again meanwhile. We ask Stripe every hour. Look the payment up in your Stripe account."
        )
    else:
        kind, title = NeedKind.PAYMENT_UNCONFIRMED, f"Payment not confirmed: {name}"
        again = ", so the client can pay again" if not payment.is_closed else ""
        reason = (
            f"Stripe no longer knows the payment page{again}. Check the Stripe account that it was"
            " opened with. If the client paid there, tell them not to pay twice."
        )
    return Need(
        kind=kind,
        title=title,
        reason=reason,
        link=Pages.proposal(payment.id),
        at=payment.payment_progress_at,
        due_at=None,
        amount=MoneyBody.from_money(payment.total),
        organization=labels.get(payment.org_id),
    )


def _failed_deployments(latest: Sequence[FailedDeployment], count: int, labels: Labels) -> list[Need]:
    """Return a row for each of the latest, the last to fail first, and one for all others together."""
    by_failure = sorted(latest, key=lambda one: (one.failed_at, one.id), reverse=True)
    others = count - len(latest)
    title = "1 more deployment failed" if others == 1 else f"{others} more deployments failed"
    reason = "Deploy again, or remove workflows that are no longer needed."
    return [
        *(_failed_deployment(deployment, labels) for deployment in by_failure),
        *of_many(max(others, 0), NeedKind.FAILED_DEPLOYMENT, title, reason, Pages.failed_workflows()),
    ]


def _failed_deployment(deployment: FailedDeployment, labels: Labels) -> Need:
    return Need(
        kind=NeedKind.FAILED_DEPLOYMENT,
        title=f"Deployment failed: {deployment.workflow_name}",
        reason=deployment.failure_reason or "n8n gave no reason.",
        link=Pages.project_workflows(deployment.project_id),
        at=deployment.failed_at,
        due_at=None,
        amount=None,
        organization=labels.get(deployment.org_id),
    )


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
