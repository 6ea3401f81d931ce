"""Say that there is nothing more to do about a version that came to nothing; and take that back."""

from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.actions.decide_proposal import wrong_state
from capecontrol.features.proposals.activity import PROPOSAL_DISMISSAL_UNDONE, PROPOSAL_DISMISSED
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.lifecycle import STALLED, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal

_DISMISSED_AT = {Realm.ADMIN: Proposal.dismissed_at, Realm.CLIENT: Proposal.client_dismissed_at}


async def dismiss_proposal(work: UnitOfWork, proposal: Proposal) -> None:
    """Take a proposal off the dashboard of staff, or of its client: each dismisses for their own side.

    Raises:
        WrongState: it is in a state in which it asks nothing of the caller, or more than to be looked at.
    """
    if status_at(proposal.status, proposal.valid_until, work.now()) not in STALLED[_side(work)]:
        raise wrong_state(work, proposal)
    column = _DISMISSED_AT[_side(work)]
    # Nothing that people edit has changed: the revision stays.
    changed = await ProposalDao(work).update_where(
        Proposal.id == proposal.id, column.is_(None), **{column.key: work.now()}
    )
    if changed:
        await record_proposal(work, PROPOSAL_DISMISSED, proposal)


async def undo_dismissal(work: UnitOfWork, proposal: Proposal) -> None:
    """Put a proposal back on the dashboard of the caller's side, where it was dismissed; else nothing changes."""
    column = _DISMISSED_AT[_side(work)]
    changed = await ProposalDao(work).update_where(
        Proposal.id == proposal.id, column.is_not(None), **{column.key: None}
    )
    if changed:
        await record_proposal(work, PROPOSAL_DISMISSAL_UNDONE, proposal)


def _side(work: UnitOfWork) -> Realm:
    return Realm.CLIENT if work.actor.realm is Realm.CLIENT else Realm.ADMIN
