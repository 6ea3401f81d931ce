"""The client's dashboard."""

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.actor import Actor
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.links import Pages
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.billing.interface import PROPOSALS_PAY, latest_invoices
from capecontrol.features.dashboards.dao import LATEST_ACTIVITY, ROWS, client_figures, client_needs
from capecontrol.features.dashboards.schemas import (
    ClientDashboard,
    InvoiceRow,
    Need,
    NeedKind,
    ProjectCard,
    RecentActivity,
    bodies,
)
from capecontrol.features.projects.interface import projects_underway
from capecontrol.features.proposals.interface import (
    BEING_PAID,
    PROPOSALS_DECIDE,
    PROPOSALS_DISMISS,
    PaymentProgress,
    PendingProposal,
    ProposalStatus,
)


async def client_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> ClientDashboard:
    """Gather the page of one organization. One statement, whatever there is to show."""
    figures, needs, projects, invoices, activities = await work.transaction.together(
        client_figures(work),
        client_needs(work),
        projects_underway(work, ROWS),
        latest_invoices(work, ROWS),
        LATEST_ACTIVITY.read(work, catalog, zone=business.timezone),
    )
    now = work.now()
    return ClientDashboard(
        realm=Realm.CLIENT,
        as_of=now,
        currency=business.currency,
        projects=[
            ProjectCard.map_from(
                project, proposal_status=project.proposal_status_at(now), link=Pages.project(project.id)
            )
            for project in projects
        ],
        needs_you=[
            *(
                _need(proposal, work.actor)
                for proposal in _in_order(needs)
                if proposal.payment_progress not in BEING_PAID
            ),
            # What members may not dismiss would stand on their page for ever.
            *(_expired(proposal, business) for proposal in _expired_of(needs) if work.actor.can(PROPOSALS_DISMISS)),
        ],
        paid=bodies(figures.money("paid")),
        open=bodies(figures.money("open")),
        processing=bodies(figures.money("processing")),
        paid_link=Pages.invoices_paid(),
        open_link=Pages.proposals_unpaid(),
        recent_invoices=[InvoiceRow.map_from(invoice, link=Pages.invoice(invoice.id)) for invoice in invoices],
        activity=[RecentActivity.of(activity) for activity in activities],
    )


def _in_order(needs: list[PendingProposal]) -> list[PendingProposal]:
    """Sort proposals: first what is to be paid, the last changed before others; then what has waited longest."""
    by_change = sorted(needs, key=lambda proposal: (proposal.updated_at, proposal.id))
    to_pay = [proposal for proposal in reversed(by_change) if proposal.status is ProposalStatus.APPROVED]
    return [*to_pay, *(proposal for proposal in by_change if proposal.status is ProposalStatus.SENT)]


def _need(proposal: PendingProposal, reader: Actor) -> Need:
    """Return what is to be done with a proposal; who may not do it reads whose part it is."""
    is_approved = proposal.status is ProposalStatus.APPROVED
    if is_approved and proposal.payment_progress is PaymentProgress.FAILED and reader.can(PROPOSALS_PAY):
        kind, words = NeedKind.PROPOSAL_TO_PAY, "is approved and awaiting your payment: the last one failed"
    elif is_approved and reader.can(PROPOSALS_PAY):
        kind, words = NeedKind.PROPOSAL_TO_PAY, "is approved and awaiting your payment"
    elif is_approved:
        kind, words = NeedKind.PROPOSAL_WITH_OWNER, "is approved and can be paid by an owner of your organization"
    elif reader.can(PROPOSALS_DECIDE):
        kind, words = NeedKind.PROPOSAL_TO_DECIDE, "is awaiting your decision"
    else:
        kind, words = NeedKind.PROPOSAL_WITH_OWNER, "is awaiting a decision by an owner of your organization"
    return Need(
        kind=kind,
        title=proposal.title,
        reason=f"{proposal.project_code} v{proposal.version} {words}",
        link=Pages.proposal(proposal.id),
        at=proposal.decided_at if is_approved else proposal.sent_at,
        due_at=None if is_approved else proposal.valid_until,
        amount=MoneyBody.from_money(proposal.total),
        organization=None,
    )


def _expired_of(needs: list[PendingProposal]) -> list[PendingProposal]:
    """Return what has expired, the latest first."""
    expired = [proposal for proposal in needs if proposal.status is ProposalStatus.EXPIRED]
    return sorted(expired, key=lambda proposal: (proposal.updated_at, proposal.id), reverse=True)


def _expired(proposal: PendingProposal, business: Business) -> Need:
    """Return that an offer can no longer be approved, and whom to ask for another."""
    name = f"{proposal.project_code} v{proposal.version}"
    day = f" on {business.formats.date_of(proposal.valid_until)}" if proposal.valid_until else ""
    return Need(
        kind=NeedKind.PROPOSAL_EXPIRED,
        title=proposal.title,
        reason=f"{name} expired{day}. Contact {business.name} if you would still like to go ahead.",
        link=Pages.proposal(proposal.id),
        at=proposal.valid_until,
        due_at=None,
        amount=MoneyBody.from_money(proposal.total),
        organization=None,
        dismissible_id=proposal.id,
    )
