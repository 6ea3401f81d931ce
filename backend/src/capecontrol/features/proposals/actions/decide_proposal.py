"""The client's decision on a proposal. Of many at once exactly one counts: a conditional UPDATE tells which."""

from capecontrol.core.ids import new_id
from capecontrol.core.permissions import Realm
from capecontrol.core.problems import Conflict
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import (
    ProjectProposalStatus,
    ProjectStatus,
    advance_project,
    get_project,
    note_proposal,
)
from capecontrol.features.proposals.actions.withdraw_mails import withdraw_version
from capecontrol.features.proposals.activity import CHANGES_REQUESTED, PROPOSAL_APPROVED, PROPOSAL_DECLINED
from capecontrol.features.proposals.closed import project_archived
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.errors import ContentChanged, ValidityOver, WrongState
from capecontrol.features.proposals.events import ChangesRequested, ProposalApproved, ProposalDeclined
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at, status_words
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal

#: What the project is told of each decision.
_NOTED = {
    ProposalStatus.APPROVED: ProjectProposalStatus.APPROVED,
    ProposalStatus.CHANGES_REQUESTED: ProjectProposalStatus.CHANGES_REQUESTED,
    ProposalStatus.DECLINED: ProjectProposalStatus.DECLINED,
}


async def approve_proposal(
    work: UnitOfWork, proposal: Proposal, *, content_hash: str | None = None, name: str | None = None
) -> None:
    """Approve what was sent, and move the project to APPROVED.

    Args:
        work: the unit of work.
        proposal: the version.
        content_hash: the hash of what the client was looking at; must be that of what was sent.
        name: the name that the client typed as consent.

    Raises:
        WrongState, ValidityOver, ContentChanged: somebody decided before, too late, or on another text.
        ProjectClosed: the project is archived.
    """
    await _decide(work, proposal, ProposalStatus.APPROVED, content_hash=content_hash, name=name)
    await advance_project(
        work, proposal.project_id, ProjectStatus.APPROVED, reason=f"proposal version {proposal.version} approved"
    )
    await record_proposal(work, PROPOSAL_APPROVED, proposal, content_hash=proposal.content_hash, name=name)
    await work.emit(ProposalApproved(org_id=proposal.org_id, proposal_id=proposal.id, project_id=proposal.project_id))


async def decline_proposal(work: UnitOfWork, proposal: Proposal, *, reason: str | None = None) -> None:
    """Decline what was sent; the project may get another proposal.

    Raises:
        WrongState, ValidityOver: somebody decided before, or too late.
        ProjectClosed: the project is archived.
    """
    await _decide(work, proposal, ProposalStatus.DECLINED, note=reason)
    await record_proposal(work, PROPOSAL_DECLINED, proposal, {"reason": reason})
    await work.emit(ProposalDeclined(org_id=proposal.org_id, proposal_id=proposal.id, project_id=proposal.project_id))


async def request_changes(work: UnitOfWork, proposal: Proposal, *, message: str) -> Proposal:
    """Ask for changes, and return the next version: a draft of the same content, for staff to change.

    Raises:
        WrongState, ValidityOver: somebody decided before, or too late.
        ProjectClosed: the project is archived.
    """
    await _decide(work, proposal, ProposalStatus.CHANGES_REQUESTED, note=message)
    now, dao = work.now(), ProposalDao(work)
    draft = Draft.of(proposal)
    following = await dao.add(
        Proposal(
            id=new_id(),
            org_id=proposal.org_id,
            project_id=proposal.project_id,
            version=await dao.last_version(proposal.project_id) + 1,
            status=ProposalStatus.DRAFT,
            created_by=None,
            # The next version gets a validity of its own when it is sent.
            **{**draft.to_values(now), "valid_until": None},
        )
    )
    await record_proposal(work, CHANGES_REQUESTED, proposal, {"message": message}, next_id=str(following.id))
    await work.emit(
        ChangesRequested(
            org_id=proposal.org_id,
            proposal_id=proposal.id,
            next_id=following.id,
            project_id=proposal.project_id,
        )
    )
    return following


async def _decide(
    work: UnitOfWork,
    proposal: Proposal,
    to: ProposalStatus,
    *,
    note: str | None = None,
    name: str | None = None,
    content_hash: str | None = None,
) -> None:
    now = work.now()
    # As everywhere, the project is locked before its proposal: two who end or decide one wait, and none for ever.
    await get_project(work, proposal.project_id, lock=True)
    await withdraw_version(work, proposal)
    conditions = [Proposal.status == ProposalStatus.SENT, Proposal.valid_until > now, ~Proposal.is_closed]
    if content_hash is not None:
        conditions.append(Proposal.content_hash == content_hash)
    changed = await ProposalDao(work).revise_row(
        proposal,
        *conditions,
        status=to,
        decided_at=now,
        decided_by=work.actor.id,
        decided_by_name=work.actor.name,
        decided_name=name,
        decision_note=note,
    )
    if changed:
        await note_proposal(
            work, proposal.project_id, _NOTED[to], org_id=proposal.org_id, valid_until=proposal.valid_until
        )
        return
    await work.session.refresh(proposal)
    if status_at(proposal.status, proposal.valid_until, now) is ProposalStatus.SENT:
        if proposal.is_closed:
            raise project_archived(work)
        raise ContentChanged("Reload the proposal and review it again.", allowed=[])
    raise wrong_state(work, proposal)


def wrong_state(work: UnitOfWork, proposal: Proposal) -> Conflict:
    """Return the refusal of a step on a proposal in the caller's words, naming the legal ones."""
    status = status_at(proposal.status, proposal.valid_until, work.now())
    if status is ProposalStatus.EXPIRED:
        return ValidityOver(
            "Ask for a new one." if work.actor.realm is Realm.CLIENT else "Create a new one for the client.", allowed=[]
        )
    words = status_words(status, work.actor.realm)
    return WrongState(f"Version {proposal.version} {words}.", allowed=[str(step) for step in allowed_from(status)])
