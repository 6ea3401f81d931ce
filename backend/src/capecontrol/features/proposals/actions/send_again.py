"""Send a proposal again that waits for its client's decision."""

from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.actions.decide_proposal import wrong_state
from capecontrol.features.proposals.actions.withdraw_mails import withdraw_version
from capecontrol.features.proposals.activity import PROPOSAL_SENT_AGAIN
from capecontrol.features.proposals.closed import project_archived
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import ProposalSentAgain
from capecontrol.features.proposals.lifecycle import ProposalStatus, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal
from capecontrol.features.proposals.undelivered import read_undelivered


async def send_again(work: UnitOfWork, proposal: Proposal) -> None:
    """E-mail a version to whoever is an owner of the organization now, with the document and the link that it has.

    What was to be sent before and has not arrived is taken back: it is done anew.

    Raises:
        WrongState: it does not wait for a decision.
        ValidityOver: it has expired.
        ProjectClosed: the project is archived.
    """
    # As everywhere, the project is locked before its proposal; a decision at the same moment comes before or after.
    await get_project(work, proposal.project_id, lock=True)
    await work.session.refresh(proposal)
    undelivered = read_undelivered(proposal.undelivered)
    await withdraw_version(work, proposal)
    await work.session.refresh(proposal, with_for_update=True)
    if status_at(proposal.status, proposal.valid_until, work.now()) is not ProposalStatus.SENT:
        raise wrong_state(work, proposal)
    if proposal.is_closed:
        raise project_archived(work)
    sealed = proposal.viewing_token_sealed
    if sealed is None:
        # What an earlier release sent kept no link that could be sent again: it gets another one.
        token = new_secret()
        sealed = work.keyring.seal(token)
        await ProposalDao(work).update_where(
            Proposal.id == proposal.id, viewing_token_hash=digest(token), viewing_token_sealed=sealed
        )
    await work.session.refresh(proposal)
    await record_proposal(work, PROPOSAL_SENT_AGAIN, proposal, not_delivered_before=len(undelivered))
    await work.emit(
        ProposalSentAgain(
            org_id=proposal.org_id,
            proposal_id=proposal.id,
            project_id=proposal.project_id,
            sealed_token=sealed,
        )
    )
