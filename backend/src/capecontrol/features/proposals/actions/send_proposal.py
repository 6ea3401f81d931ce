"""Send a draft to the client: what was written is frozen, together with the document that was made of it."""

import uuid
from dataclasses import dataclass

from capecontrol.core.business import Business
from capecontrol.core.crypto import digest, new_secret
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.documents import MEDIA_TYPE, RenderFailed
from capecontrol.core.ids import derived_id, new_id
from capecontrol.core.problems import PreconditionFailed, Unavailable, require
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.storage import StorageError
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.organizations.interface import OrganizationSummary, get_organization
from capecontrol.features.projects.interface import (
    ProjectProposalStatus,
    ProjectStatus,
    ProjectSummary,
    advance_project,
    get_project,
    note_proposal,
)
from capecontrol.features.proposals.actions.decide_proposal import wrong_state
from capecontrol.features.proposals.activity import PROPOSAL_SENT
from capecontrol.features.proposals.closed import project_archived
from capecontrol.features.proposals.content import content_hash
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.document import sent_key, was_sent_by
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.errors import NothingToPay, TextTooLong, ValidityOver
from capecontrol.features.proposals.events import ProposalSent
from capecontrol.features.proposals.lifecycle import ProposalStatus
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.press import Press, StoredDocument
from capecontrol.features.proposals.record import record_proposal
from capecontrol.features.proposals.validity import usual_end

READ_AGAIN = "Someone else has changed this draft since you opened it. Reload and review it before you send it."
NOT_PRINTED = "We couldn't create the PDF, so the proposal wasn't sent. Try again shortly."


@dataclass(frozen=True, slots=True)
class PreparedVersion:
    """A version as it is going to be when it is sent; nothing of that is stored yet."""

    version: Proposal
    project: ProjectSummary
    organization: OrganizationSummary


async def send_proposal(
    units: Units, business: Business, proposal_id: uuid.UUID, *, press: Press, expected: ExpectedRevisions = None
) -> None:
    """Send a draft: its PDF first, and then the version with it, or nothing of both.

    In phases: read → render → note the file → store it → freeze the draft that was read (no transaction is open while
    rendering and storing). A document that could not be made leaves a draft, so that a version which was sent can
    always be read. A file whose version was not sent after all, because this process died or the draft was edited, is
    swept after a day. An attempt that finds the version sent under its own key ends there.

    Raises:
        NotFound: it is not there.
        WrongState: it is not a draft.
        NothingToPay: its total is zero.
        TextTooLong: an earlier release took more text than can be printed.
        ValidityOver: the end of validity that was set has come.
        ProjectClosed: the project is archived.
        PreconditionFailed: it was edited meanwhile, so that the sender has not seen what would be sent.
        Unavailable: the PDF could not be made or stored.
    """
    sending_id = derived_id(units.operation_id, "document")
    async with units.open() as work:
        proposal = await ProposalDao(work).require(proposal_id)
        if was_sent_by(proposal, sending_id):
            return
        key = sent_key(proposal, sending_id, new_id())
        prepared = await prepare_version(work, business, proposal, expected=expected)
    try:
        data = await press.render(
            prepared.version, prepared.project, prepared.organization, business, source=str(units.actor.id)
        )
        async with units.open(OrganizationScope(prepared.project.org_id)) as work:
            may_be_stored = await UploadDao(work).announce(key, media_type=MEDIA_TYPE, size=len(data))
        document = await press.store(key, data) if may_be_stored else None
    except (RenderFailed, StorageError) as error:
        raise Unavailable(NOT_PRINTED) from error
    async with units.open() as work:
        if document is None or not await UploadDao(work).record([document.key]):
            raise Unavailable(NOT_PRINTED, internal=f"being removed: {key}")
        await freeze_version(work, prepared, document)


async def prepare_version(
    work: UnitOfWork, business: Business, proposal: Proposal, *, expected: ExpectedRevisions = None
) -> PreparedVersion:
    """Return a draft as it is to be sent now, with today's names; see ``send_proposal`` for what is refused."""
    if proposal.status != ProposalStatus.DRAFT:
        raise wrong_state(work, proposal)
    check_revision(expected, proposal.revision, advice=READ_AGAIN)
    if proposal.total <= 0:
        raise NothingToPay("Add at least one line item with a price that isn't optional.", allowed=[])
    draft = Draft.of(proposal)
    if (complaint := draft.too_long()) is not None:
        raise TextTooLong(complaint.detail, allowed=[])
    now = work.now()
    valid_until = proposal.valid_until or usual_end(now, business)
    if valid_until <= now:
        raise ValidityOver("Choose a later expiry date, then send it.", allowed=[])
    project = require(await get_project(work, proposal.project_id))
    _check_open(work, project)
    organization = require(await get_organization(work, proposal.org_id))
    parties = {
        "seller": business.name,
        "tax_name": business.tax_name,
        "organization": organization.name,
        "project_code": project.code,
        "project_title": project.title,
    }
    frozen = {
        "status": ProposalStatus.SENT,
        "valid_until": valid_until,
        "parties": parties,
        "content_hash": content_hash(proposal, parties=parties, valid_until=valid_until),
        "sent_at": now,
        "sent_by": work.actor.id,
    }
    return PreparedVersion(proposal.copied(**frozen), project, organization)


async def freeze_version(work: UnitOfWork, prepared: PreparedVersion, document: StoredDocument | None) -> None:
    """Freeze a draft as it was prepared, make its viewing link, move the project to PROPOSED.

    The version before it is superseded; the mail follows from the event. Without a document, the one who mails makes
    it.

    Raises:
        WrongState: it is no draft any more.
        ValidityOver: its validity ended while its document was made.
        ProjectClosed: its project was archived while its document was made.
        PreconditionFailed: it was edited meanwhile.
    """
    version, project = prepared.version, prepared.project
    if version.valid_until is not None and version.valid_until <= work.now():
        raise ValidityOver("Choose a later expiry date, then send it.", allowed=[])
    # As everywhere, the project is locked before its proposal.
    _check_open(work, require(await get_project(work, project.id, lock=True)))
    dao = ProposalDao(work)
    proposal = await dao.require(version.id)
    token = new_secret()
    sealed = work.keyring.seal(token)
    changed = await dao.revise_row(
        proposal,
        Proposal.status == ProposalStatus.DRAFT,
        # What is hashed and printed is what is stored: an edit in between sends nothing.
        Proposal.revision == version.revision,
        status=version.status,
        valid_until=version.valid_until,
        parties=version.parties,
        content_hash=version.content_hash,
        sent_at=version.sent_at,
        sent_by=version.sent_by,
        viewing_token_hash=digest(token),
        viewing_token_sealed=sealed,
        pdf_key=document.key if document else None,
        pdf_sha256=document.sha256 if document else None,
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
    await note_proposal(
        work, project.id, ProjectProposalStatus.SENT, org_id=project.org_id, valid_until=proposal.valid_until
    )
    await record_proposal(
        work,
        PROPOSAL_SENT,
        proposal,
        content_hash=proposal.content_hash,
        valid_until=proposal.valid_until.isoformat() if proposal.valid_until else None,
        pdf_sha256=proposal.pdf_sha256,
    )
    await work.emit(
        ProposalSent(
            org_id=proposal.org_id,
            proposal_id=proposal.id,
            project_id=proposal.project_id,
            sealed_token=sealed,
        )
    )


def _check_open(work: UnitOfWork, project: ProjectSummary) -> None:
    if project.status is ProjectStatus.ARCHIVED:
        raise project_archived(work)
