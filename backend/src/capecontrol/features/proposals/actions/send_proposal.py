"""Send a draft to the client: what was written is frozen."""

from capecontrol.core.business import Business
from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.problems import PreconditionFailed, require
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import (
    ProjectProposalStatus,
    ProjectStatus,
    advance_project,
    get_project,
    note_proposal,
)
from capecontrol.features.proposals.actions.decide_proposal import wrong_state
from capecontrol.features.proposals.activity import PROPOSAL_SENT
from capecontrol.features.proposals.content import content_hash
from capecontrol.features.proposals.dao import ProposalDao
from capecontrol.features.proposals.errors import NothingToPay, ValidityOver
from capecontrol.features.proposals.events import ProposalSent
from capecontrol.features.proposals.lifecycle import ProposalStatus
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal
from capecontrol.features.proposals.validity import usual_end

READ_AGAIN = "Someone else has changed this draft since you opened it. Reload and review it before you send it."


async def send_proposal(
    work: UnitOfWork, business: Business, proposal: Proposal, *, expected: ExpectedRevisions = None
) -> None:
    """Freeze a draft, make its viewing link, move the project to PROPOSED; the version before it is superseded.

    The PDF and the mail follow from the event, outside of this transaction.

    Raises:
        WrongState: it is not a draft.
        NothingToPay: its total is zero.
        ValidityOver: the end of validity that was set has come.
        PreconditionFailed: it was edited meanwhile, so that the sender has not seen what would be sent.
    """
    if proposal.status != ProposalStatus.DRAFT:
        raise wrong_state(work, proposal)
    check_revision(expected, proposal.revision, advice=READ_AGAIN)
    if proposal.total <= 0:
        raise NothingToPay("Add at least one line item with a price that isn't optional.", allowed=[])
    now = work.now()
    valid_until = proposal.valid_until or usual_end(now, business)
    if valid_until <= now:
        raise ValidityOver("Choose a later expiry date, then send it.", allowed=[])
    project = require(await get_project(work, proposal.project_id, lock=True))
    organization = require(await get_organization(work, proposal.org_id))
    parties = {
        "seller": business.name,
        "tax_name": business.tax_name,
        "organization": organization.name,
        "project_code": project.code,
        "project_title": project.title,
    }
    token = new_secret()
    frozen = content_hash(proposal, parties=parties, valid_until=valid_until)
    dao = ProposalDao(work)
    changed = await dao.revise_row(
        proposal,
        Proposal.status == ProposalStatus.DRAFT,
        # What is hashed is what is stored: an edit in between sends nothing.
        Proposal.revision == proposal.revision,
        status=ProposalStatus.SENT,
        valid_until=valid_until,
        parties=parties,
        content_hash=frozen,
        viewing_token_hash=digest(token),
        sent_at=now,
        sent_by=work.actor.id,
    )
    if not changed:
        await work.session.refresh(proposal)
        if proposal.status != ProposalStatus.DRAFT:
            raise wrong_state(work, proposal)
        raise PreconditionFailed(READ_AGAIN)
    await dao.revise(
        Proposal.project_id == proposal.project_id,
        Proposal.status == ProposalStatus.CHANGES_REQUESTED,
        status=ProposalStatus.SUPERSEDED,
    )
    await advance_project(work, project.id, ProjectStatus.PROPOSED, reason=f"proposal version {proposal.version} sent")
    await note_proposal(work, project.id, ProjectProposalStatus.SENT, org_id=project.org_id)
    await record_proposal(work, PROPOSAL_SENT, proposal, content_hash=frozen, valid_until=valid_until.isoformat())
    await work.emit(
        ProposalSent(
            org_id=proposal.org_id,
            proposal_id=proposal.id,
            project_id=proposal.project_id,
            sealed_token=work.keyring.seal(token),
        )
    )
