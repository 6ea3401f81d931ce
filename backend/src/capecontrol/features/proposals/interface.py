"""What other features may know of proposals."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.money import Money
from capecontrol.core.scoped_read import ScopedUnion
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.dao import (
    PROPOSAL_SEARCH,
    SHOWN_PROPOSAL_SEARCH,
    ProposalDao,
    money_to_pay,
    proposals_that_ended,
    proposals_to_decide,
    proposals_to_pay,
    proposals_to_revise,
    proposals_waiting,
)
from capecontrol.features.proposals.lifecycle import ProposalStatus, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.pending import PendingProposal, StalledProposal
from capecontrol.features.proposals.permissions import PROPOSALS_DECIDE

__all__ = [
    "PROPOSALS_DECIDE",
    "PROPOSAL_SEARCH",
    "SHOWN_PROPOSAL_SEARCH",
    "ApprovedProposal",
    "PendingProposal",
    "ProposalStatus",
    "ProposalSummary",
    "StalledProposal",
    "StalledProposals",
    "get_approved_proposal",
    "get_proposal",
    "money_to_pay",
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
        )


@dataclass(frozen=True, slots=True)
class ApprovedProposal:
    """What a client agreed to pay. ``lines`` are those that are charged, with their rounded amounts.

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


class StalledProposals:
    """What clients did not approve and staff have not gone on with."""

    def __init__(self, rows: int) -> None:
        """Take how many of each kind to return at most."""
        self._stalled = ScopedUnion(proposals_to_revise(rows), proposals_that_ended(rows), row=StalledProposal.read)

    async def read(self, work: UnitOfWork) -> list[StalledProposal]:
        """Return those of the scope.

        First those whose client asked for changes, the longest waiting before others; then what was declined or
        expired, the latest first.
        """
        rows = await self._stalled.all(work)
        to_revise = [row for row in rows if row.status is ProposalStatus.CHANGES_REQUESTED]
        ended = [row for row in rows if row.status is not ProposalStatus.CHANGES_REQUESTED]
        return [
            *sorted(to_revise, key=lambda row: (row.updated_at, row.id)),
            *sorted(ended, key=lambda row: (row.updated_at, row.id), reverse=True),
        ]
