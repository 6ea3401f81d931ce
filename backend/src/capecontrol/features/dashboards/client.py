"""The client's dashboard."""

from collections import defaultdict
from datetime import UTC, datetime

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody
from capecontrol.core.links import Pages
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.activity.interface import latest_activity
from capecontrol.features.billing.interface import latest_invoices, paid_proposals, revenue
from capecontrol.features.dashboards.schemas import (
    ClientDashboard,
    InvoiceRow,
    Need,
    NeedKind,
    ProjectCard,
    RecentActivity,
)
from capecontrol.features.projects.interface import projects_by_id, projects_underway
from capecontrol.features.proposals.interface import ProposalStatus, ProposalSummary, proposals_with_status

#: How many rows a list holds.
ROWS = 10
#: How many approved proposals, the newest first, are looked through for what is unpaid.
APPROVED = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def client_dashboard(work: UnitOfWork, business: Business, catalog: ActivityCatalog) -> ClientDashboard:
    """Gather the page of one organization. A fixed number of statements, whatever there is to show."""
    now = work.now()
    projects = await projects_underway(work, ROWS)
    sent = await proposals_with_status(work, ProposalStatus.SENT, limit=ROWS)
    approved = await proposals_with_status(work, ProposalStatus.APPROVED, limit=APPROVED, newest_first=True)
    paid = await paid_proposals(work, {proposal.id for proposal in approved})
    received = await revenue(work, _EPOCH, now)
    invoices = await latest_invoices(work, ROWS)
    activities = await latest_activity(work, catalog, ROWS)

    unpaid = [proposal for proposal in approved if proposal.id not in paid]
    waiting = [*unpaid, *sent]
    codes = {
        project.id: project.code
        for project in (await projects_by_id(work, {proposal.project_id for proposal in waiting})).values()
    }
    open_sums: dict[str, int] = defaultdict(int)
    for proposal in unpaid:
        open_sums[proposal.total.currency] += proposal.total.amount

    return ClientDashboard(
        realm=Realm.CLIENT,
        as_of=now,
        currency=business.currency,
        projects=[ProjectCard.map_from(project, link=Pages.project(project.id)) for project in projects],
        needs_you=[_need(proposal, codes[proposal.project_id]) for proposal in waiting],
        paid=[MoneyBody.from_money(money) for money in received],
        open=[MoneyBody.from_money(Money(amount, currency)) for currency, amount in sorted(open_sums.items())],
        recent_invoices=[InvoiceRow.map_from(invoice, link=Pages.invoice(invoice.id)) for invoice in invoices],
        activity=[RecentActivity.of(activity) for activity in activities],
    )


def _need(proposal: ProposalSummary, code: str) -> Need:
    is_approved = proposal.status is ProposalStatus.APPROVED
    return Need(
        kind=NeedKind.PROPOSAL_TO_PAY if is_approved else NeedKind.PROPOSAL_TO_DECIDE,
        title=proposal.title,
        reason=f"{code} v{proposal.version} is approved; work starts when it is paid"
        if is_approved
        else f"{code} v{proposal.version} waits for your decision",
        link=Pages.proposal(proposal.id),
        at=proposal.decided_at if is_approved else proposal.sent_at,
        due_at=None if is_approved else proposal.valid_until,
        amount=MoneyBody.from_money(proposal.total),
        organization=None,
    )
