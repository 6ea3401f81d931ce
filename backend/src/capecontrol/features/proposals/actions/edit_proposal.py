"""Change a draft."""

from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.activity import PROPOSAL_UPDATED
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.draft_change import draft_change
from capecontrol.features.proposals.errors import Locked
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_words
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal


async def edit_proposal(work: UnitOfWork, proposal: Proposal, draft: Draft, *, expected: ExpectedRevisions) -> None:
    """Replace the draft's content; every amount is worked out anew.

    Raises:
        Invalid: the draft does not add up.
        Locked: it was sent.
        PreconditionFailed: it is not at the revision that the editor saw.
    """
    now = work.now()
    if proposal.status == ProposalStatus.DRAFT:
        draft.check_length(Draft.of(proposal))
    values = draft.to_values(now)
    if proposal.status != ProposalStatus.DRAFT:
        raise _locked(proposal)
    check_revision(expected, proposal.revision)
    # Compared as it is written, not as it is stored: the stored form has versions.
    before, total_before = Draft.of(proposal), proposal.total
    if draft == before:
        return
    changed = await ProposalDao(work).revise_row(
        proposal,
        Proposal.status == ProposalStatus.DRAFT,
        Proposal.revision == proposal.revision,
        **values,
    )
    if not changed:
        await work.session.refresh(proposal)
        if proposal.status != ProposalStatus.DRAFT:
            raise _locked(proposal)
        raise PreconditionFailed(
            "Someone else saved this at the same time. Reload the page and make your changes again."
        )
    change = draft_change(before, draft, totals=(total_before, proposal.total))
    await record_proposal(work, PROPOSAL_UPDATED, proposal, None, **change)


def _locked(proposal: Proposal) -> Locked:
    status = proposal.status
    return Locked(
        f"Version {proposal.version} {status_words(status)}, so it can no longer be edited.",
        allowed=[str(step) for step in allowed_from(status)],
    )
