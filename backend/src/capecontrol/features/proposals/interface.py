"""What other features may know of proposals."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.money import Money
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.dao.attention import (
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
from capecontrol.features.proposals.dao.proposals import (
    PROPOSAL_SEARCH,
    SHOWN_PROPOSAL_SEARCH,
    ProposalDao,
    proposal_code,
    proposal_title,
)
from capecontrol.features.proposals.dao.unanswered import StalledProposals, UndeliveredProposals
from capecontrol.features.proposals.lifecycle import BEING_PAID, PaymentProgress, ProposalStatus, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.pending import PendingProposal, StalledProposal, UndeliveredProposal
from capecontrol.features.proposals.permissions import PROPOSALS_DECIDE, PROPOSALS_DISMISS
from capecontrol.features.proposals.undelivered import UndeliveredReason

__all__ = [
    "BEING_PAID",
    "PROPOSALS_DECIDE",
    "PROPOSALS_DISMISS",
    "PROPOSAL_SEARCH",
    "SHOWN_PROPOSAL_SEARCH",
    "ApprovedProposal",
    "PaymentProgress",
    "PendingProposal",
    "ProposalStatus",
    "ProposalSummary",
    "StalledProposal",
    "StalledProposals",
    "UndeliveredProposal",
    "UndeliveredProposals",
    "UndeliveredReason",
    "closed_proposals",
    "get_approved_proposal",
    "get_proposal",
    "letters_of_lost_proposals",
    "money_being_paid",
    "money_to_pay",
    "note_payment",
    "offers_expired",
    "payments_lost",
    "payments_silent",
    "proposal_code",
    "proposal_title",
    "proposals_to_decide",
    "proposals_to_pay",
    "proposals_waiting",
]


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    """A version of a proposal as others see it. ``status`` is what counts now: overdue is EXPIRED."""

    id: uuid.UUID
    org_id: uuid.UUID
    project_id: uuid.UUID
    version: int
    title: str
    status: ProposalStatus
    total: Money
    valid_until: datetime | None
    sent_at: datetime | None
    decided_at: datetime | None
    decision_note: str | None
    updated_at: datetime
    is_closed: bool

    @classmethod
    def of(cls, row: Proposal, now: datetime) -> "ProposalSummary":
        """Return the summary of a row at a moment."""
        return cls(
            id=row.id,
            org_id=row.org_id,
            project_id=row.project_id,
            version=row.version,
            title=row.title,
            status=status_at(row.status, row.valid_until, now),
            total=Money(row.total, row.currency),
            valid_until=row.valid_until,
            sent_at=row.sent_at,
            decided_at=row.decided_at,
            decision_note=row.decision_note,
            updated_at=row.updated_at,
            is_closed=row.is_closed,
        )


@dataclass(frozen=True, slots=True)
class ApprovedProposal:
    """What a client agreed to pay. ``lines`` are those that are charged, with their rounded amounts.

    One that ``is_closed``, since its project is archived, is not paid any more; money that is on its way still is.
    The sums are those of the document that was approved; nobody works them out again.
    """

    id: uuid.UUID
    org_id: uuid.UUID
    project_id: uuid.UUID
    version: int
    title: str
    status: ProposalStatus
    currency: str
    tax_inclusive: bool
    lines: tuple[PricedLine, ...]
    subtotal: Money
    tax: Money
    total: Money
    deposit: Money | None
    decided_at: datetime | None
    is_closed: bool

    @classmethod
    def of(cls, row: Proposal) -> "ApprovedProposal":
        """Return what a row obliges to."""
        return cls(
            id=row.id,
            org_id=row.org_id,
            project_id=row.project_id,
            version=row.version,
            title=row.title,
            status=row.status,
            currency=row.currency,
            tax_inclusive=row.tax_inclusive,
            lines=tuple(line for line in lines_of(row) if line.is_charged),
            subtotal=Money(row.subtotal, row.currency),
            tax=Money(row.tax, row.currency),
            total=Money(row.total, row.currency),
            deposit=Money(row.deposit, row.currency) if row.deposit is not None else None,
            decided_at=row.decided_at,
            is_closed=row.is_closed,
        )


async def get_proposal(work: UnitOfWork, proposal_id: uuid.UUID, *, lock: bool = False) -> ProposalSummary | None:
    """Return a proposal, or None when it is not there, not in the scope, or a draft that a client asks for.

    Args:
        work: the unit of work.
        proposal_id: its id.
        lock: whether to keep others from changing it until the unit ends.
    """
    row = await ProposalDao(work).get(proposal_id, lock=lock)
    return ProposalSummary.of(row, work.now()) if row else None


async def get_approved_proposal(work: UnitOfWork, proposal_id: uuid.UUID) -> ApprovedProposal | None:
    """Return a proposal that the client approved, or None when it is not there or not approved."""
    row = await ProposalDao(work).get(proposal_id)
    return ApprovedProposal.of(row) if row and row.status == ProposalStatus.APPROVED else None


async def closed_proposals(work: UnitOfWork, project_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the proposals of a project that nobody can decide on or pay any more, because it is archived."""
    return [row.id for row in await ProposalDao(work).standing_of(project_id) if row.is_closed]


async def note_payment(work: UnitOfWork, proposal_id: uuid.UUID, progress: PaymentProgress | None) -> None:
    """Keep what became of the last attempt to pay a proposal; None once it is paid.

    It is no change of the proposal: neither its revision nor its place in lists moves.
    """
    await ProposalDao(work).update_where(
        Proposal.id == proposal_id, payment_progress=progress, payment_progress_at=work.now() if progress else None
    )
