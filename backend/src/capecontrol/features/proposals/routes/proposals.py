"""HTTP: proposals."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from capecontrol.core.crypto import digest
from capecontrol.core.db.scope import OrganizationScope, SignInScope
from capecontrol.core.documents import MEDIA_TYPE, PdfRenderer, RenderFailed
from capecontrol.core.http import PathId, Router, provided, public, requires, requires_units
from capecontrol.core.http.etag import IfMatch
from capecontrol.core.http.files import PDF_RESPONSES, file_response, stored_file
from capecontrol.core.http.filtering import filtering
from capecontrol.core.http.paging import paging
from capecontrol.core.http.summed_page import SummedPage, WithSums
from capecontrol.core.links import Links
from capecontrol.core.lists.pagination import Page, PageQuery
from capecontrol.core.problems import NotFound, PreconditionFailed, Unavailable, require
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import OwnedProject, get_project
from capecontrol.features.proposals.actions.create_proposal import create_proposal
from capecontrol.features.proposals.actions.decide_proposal import approve_proposal, decline_proposal, request_changes
from capecontrol.features.proposals.actions.dismiss_proposal import dismiss_proposal, undo_dismissal
from capecontrol.features.proposals.actions.edit_proposal import edit_proposal
from capecontrol.features.proposals.dao.proposals import PROPOSALS, ProposalDao
from capecontrol.features.proposals.document import filename_of
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.errors import (
    AlreadyActive,
    ContentChanged,
    Locked,
    ProjectClosed,
    TextTooLong,
    ValidityOver,
    WrongState,
)
from capecontrol.features.proposals.filters import ProposalFilter
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.permissions import (
    PROPOSALS_DECIDE,
    PROPOSALS_DISMISS,
    PROPOSALS_READ,
    PROPOSALS_REQUEST_CHANGES,
    PROPOSALS_WRITE,
)
from capecontrol.features.proposals.press import Press
from capecontrol.features.proposals.routes.answers import (
    Seller,
    answer,
    answer_of,
    answers,
    project_of_proposal_for,
    proposal_for,
)
from capecontrol.features.proposals.schemas.decision import Approval, ChangeRequest, Decline, NextVersion
from capecontrol.features.proposals.schemas.draft import NewProposal, ProposalEdit
from capecontrol.features.proposals.schemas.proposal import ProposalOut
from capecontrol.features.proposals.schemas.viewing_link import SharedProposal

router = Router("proposals")

Token = Annotated[str, Path(max_length=100, description="The secret part of the viewing link.")]


@router.get("/api/proposals", operation_id="list_proposals", summary="List proposals")
async def list_proposals(
    work: Annotated[UnitOfWork, requires(PROPOSALS_READ)],
    business: Seller,
    wanted: Annotated[ProposalFilter, filtering(ProposalFilter)],
    query: Annotated[PageQuery, paging(PROPOSALS)],
    sums: WithSums = False,
) -> SummedPage[ProposalOut]:
    """Return all versions of proposals, newest first by default. Clients see their own, once sent."""
    dao, now = ProposalDao(work), work.now()
    if not sums:
        rows, amounts = await dao.search(wanted, now, query), None
    else:
        rows, amounts = await work.transaction.together(dao.search(wanted, now, query), dao.sums(wanted, now))
    return SummedPage[ProposalOut].of(rows.to_page(await answers(work, business, rows.rows)), amounts)


@router.post(
    "/api/proposals",
    operation_id="create_proposal",
    summary="Create a proposal",
    status_code=201,
    problems=[AlreadyActive, ProjectClosed],
)
async def create(
    body: NewProposal,
    work: Annotated[UnitOfWork, requires(PROPOSALS_WRITE)],
    business: Seller,
    response: Response,
) -> ProposalOut:
    """Create a draft for a project and calculate its totals. A project can have one active proposal at a time."""
    proposal = await create_proposal(work, body.project_id, body.to_draft(business))
    return await answer(work, business, proposal, response)


@router.get(
    "/api/proposals/view/{token}",
    operation_id="view_shared_proposal",
    summary="Retrieve a proposal by its link",
    problems=[Unavailable],
)
async def view_shared_proposal(token: Token, units: Annotated[Units, public()], business: Seller) -> SharedProposal:
    """Return the proposal that a viewing link shows. No sign-in is needed."""
    proposal = await _by_token(units, token)
    async with units.open(OrganizationScope(proposal.org_id)) as work:
        newest = await ProposalDao(work).newest_shown(proposal.project_id)
        newer = newest if newest is not None and newest.version > proposal.version else None
        return SharedProposal.of(proposal, newer, business, work.now())


@router.get(
    "/api/proposals/view/{token}/pdf",
    operation_id="download_shared_proposal",
    summary="Download a proposal by its link",
    problems=[Unavailable],
    response_class=Response,
    responses=PDF_RESPONSES,
)
async def download_shared_proposal(
    token: Token, units: Annotated[Units, public()], storage: Annotated[ObjectStorage, provided(ObjectStorage)]
) -> Response:
    """Return the PDF of the proposal that a viewing link shows. No sign-in is needed."""
    proposal = await _by_token(units, token)
    if proposal.pdf_key is None:
        raise NotFound()
    code = (proposal.parties or {}).get("project_code", "")
    return await stored_file(storage, proposal.pdf_key, filename=filename_of(proposal, code), media_type=MEDIA_TYPE)


async def _by_token(units: Units, token: str) -> Proposal:
    async with units.open(SignInScope()) as work:
        return require(await ProposalDao(work).by_token_hash(digest(token)))


@router.get("/api/proposals/{proposal_id}", operation_id="get_proposal", summary="Retrieve a proposal")
async def get_proposal(
    proposal_id: PathId,
    work: Annotated[UnitOfWork, requires(PROPOSALS_READ)],
    business: Seller,
    response: Response,
) -> ProposalOut:
    """Return one version of a proposal, with its revision as `ETag`."""
    return await answer(work, business, await ProposalDao(work).look(proposal_id), response)


@router.patch(
    "/api/proposals/{proposal_id}",
    operation_id="update_proposal",
    summary="Update a draft",
    problems=[Locked, PreconditionFailed],
)
async def update_proposal(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_WRITE)],
    body: ProposalEdit,
    work: Annotated[UnitOfWork, requires(PROPOSALS_WRITE)],
    business: Seller,
    response: Response,
    expected: IfMatch = None,
) -> ProposalOut:
    """Change a draft and recalculate its totals. A version that was sent can't be changed."""
    await edit_proposal(work, proposal, body.apply(Draft.of(proposal), business), expected=expected)
    return await answer(work, business, proposal, response)


@router.get(
    "/api/proposals/{proposal_id}/versions", operation_id="list_proposal_versions", summary="List a proposal's versions"
)
async def list_proposal_versions(
    owned: Annotated[OwnedProject, project_of_proposal_for(PROPOSALS_READ)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_READ)],
    business: Seller,
    query: Annotated[PageQuery, paging(PROPOSALS)],
) -> Page[ProposalOut]:
    """Return all versions for the same project, newest first by default."""
    rows = await ProposalDao(work).search(ProposalFilter(project_id=owned.project.id), work.now(), query)
    return rows.to_page([answer_of(work, business, row, owned) for row in rows.rows])


@router.post(
    "/api/proposals/{proposal_id}/approve",
    operation_id="approve_proposal",
    summary="Approve a proposal",
    problems=[WrongState, ValidityOver, ContentChanged, ProjectClosed],
)
async def approve(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_DECIDE)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_DECIDE)],
    business: Seller,
    response: Response,
    body: Approval | None = None,
) -> ProposalOut:
    """Approve the version on behalf of the client. It can then be paid."""
    consent = body or Approval()
    await approve_proposal(work, proposal, content_hash=consent.content_hash, name=consent.name)
    return await answer(work, business, proposal, response)


@router.post(
    "/api/proposals/{proposal_id}/request-changes",
    operation_id="request_proposal_changes",
    summary="Request changes to a proposal",
    problems=[WrongState, ValidityOver, ProjectClosed],
)
async def request_proposal_changes(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_REQUEST_CHANGES)],
    body: ChangeRequest,
    work: Annotated[UnitOfWork, requires(PROPOSALS_REQUEST_CHANGES)],
) -> NextVersion:
    """Ask for changes on behalf of the client. A new draft with the same content is created."""
    return NextVersion(next_id=(await request_changes(work, proposal, message=body.message)).id)


@router.post(
    "/api/proposals/{proposal_id}/decline",
    operation_id="decline_proposal",
    summary="Decline a proposal",
    problems=[WrongState, ValidityOver, ProjectClosed],
)
async def decline(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_DECIDE)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_DECIDE)],
    business: Seller,
    response: Response,
    body: Decline | None = None,
) -> ProposalOut:
    """Decline the version on behalf of the client. The project can then get a new proposal."""
    await decline_proposal(work, proposal, reason=body.reason if body else None)
    return await answer(work, business, proposal, response)


@router.post(
    "/api/proposals/{proposal_id}/dismiss",
    operation_id="dismiss_proposal",
    summary="Dismiss a proposal",
    problems=[WrongState],
)
async def dismiss(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_DISMISS)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_DISMISS)],
    business: Seller,
    response: Response,
) -> ProposalOut:
    """Remove a proposal that was declined, returned or has expired from your dashboard. Nothing else changes."""
    await dismiss_proposal(work, proposal)
    return await answer(work, business, proposal, response)


@router.delete(
    "/api/proposals/{proposal_id}/dismiss", operation_id="undo_proposal_dismissal", summary="Undo a dismissal"
)
async def undo_proposal_dismissal(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_DISMISS)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_DISMISS)],
    business: Seller,
    response: Response,
) -> ProposalOut:
    """Return a proposal that you dismissed to your dashboard. Nothing changes if it wasn't dismissed."""
    await undo_dismissal(work, proposal)
    return await answer(work, business, proposal, response)


@router.get(
    "/api/proposals/{proposal_id}/pdf",
    operation_id="download_proposal",
    summary="Download a proposal as PDF",
    problems=[TextTooLong, Unavailable],
    response_class=Response,
    responses=PDF_RESPONSES,
)
async def download_proposal(
    proposal_id: PathId,
    units: Annotated[Units, requires_units(PROPOSALS_READ)],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    renderer: Annotated[PdfRenderer, provided(PdfRenderer)],
    links: Annotated[Links, provided(Links)],
    business: Seller,
) -> Response:
    """Return the PDF that was sent, or a preview of a draft."""
    async with units.open() as work:
        proposal = await ProposalDao(work).require(proposal_id)
        project = require(await get_project(work, proposal.project_id))
        organization = require(await get_organization(work, proposal.org_id))
    filename = filename_of(proposal, project.code)
    if proposal.pdf_key is not None:
        return await stored_file(storage, proposal.pdf_key, filename=filename, media_type=MEDIA_TYPE)
    if (complaint := Draft.of(proposal).too_long()) is not None:
        raise TextTooLong(complaint.detail, allowed=[])
    # No transaction is open while the page is rendered.
    try:
        press = Press(renderer, storage, links.public_url)
        data = await press.render(proposal, project, organization, business, source=str(units.actor.id))
    except (RenderFailed, StorageError) as error:
        raise Unavailable("The PDF couldn't be created. Try again shortly.") from error
    return file_response(data, filename=filename, media_type=MEDIA_TYPE)
