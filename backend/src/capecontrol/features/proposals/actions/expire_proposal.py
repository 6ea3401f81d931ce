"""End a proposal whose validity is over."""

from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import ProjectProposalStatus, get_project, note_proposal
from capecontrol.features.proposals.actions.withdraw_mails import withdraw_version
from capecontrol.features.proposals.activity import PROPOSAL_EXPIRED
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import ProposalExpired
from capecontrol.features.proposals.lifecycle import ProposalStatus
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal


async def expire_proposal(work: UnitOfWork, proposal: Proposal) -> bool:
    """Set an overdue proposal to EXPIRED, unless somebody decided at the last moment; tell whether it was set."""
    now = work.now()
    # As everywhere, the project is locked before its proposal: two who end or decide one wait, and none for ever.
    await get_project(work, proposal.project_id, lock=True)
    await withdraw_version(work, proposal)
    changed = await ProposalDao(work).revise(
        Proposal.id == proposal.id,
        Proposal.status == ProposalStatus.SENT,
        Proposal.valid_until <= now,
        status=ProposalStatus.EXPIRED,
    )
    if not changed:
        return False
    await note_proposal(
        work,
        proposal.project_id,
        ProjectProposalStatus.EXPIRED,
        org_id=proposal.org_id,
        valid_until=proposal.valid_until,
    )
    await record_proposal(work, PROPOSAL_EXPIRED, proposal)
    await work.emit(ProposalExpired(org_id=proposal.org_id, proposal_id=proposal.id, project_id=proposal.project_id))
    return True
