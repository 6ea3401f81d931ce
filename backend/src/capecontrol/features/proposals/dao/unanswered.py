"""What staff go on with: mails that did not arrive, and versions that no client approved."""

from datetime import datetime

from sqlalchemy import BindParameter

from capecontrol.core.scoped_read import ScopedUnion
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.dao.attention import (
    proposals_not_delivered,
    proposals_that_ended,
    proposals_to_revise,
)
from capecontrol.features.proposals.lifecycle import ProposalStatus
from capecontrol.features.proposals.pending import StalledProposal, UndeliveredProposal


class UndeliveredProposals:
    """What waits for an answer of somebody who has no mail of it."""

    def __init__(self, now: BindParameter[datetime], rows: int) -> None:
        """Take the parameter that says what time it is, and how many to return at most."""
        self._lost = ScopedUnion(proposals_not_delivered(now, rows), row=UndeliveredProposal.read)

    async def read(self, work: UnitOfWork) -> list[UndeliveredProposal]:
        """Return those of the scope, the one that waits longest first."""
        return sorted(await self._lost.all(work, now=work.now()), key=lambda row: (row.updated_at, row.id))


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
