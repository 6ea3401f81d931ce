"""HTTP: sending proposals."""

from typing import Annotated

from starlette.responses import Response

from capecontrol.core.documents import PdfRenderer
from capecontrol.core.http import PathId, Router, provided, requires, requires_units
from capecontrol.core.http.etag import IfMatch
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.links import Links
from capecontrol.core.problems import PreconditionFailed, Unavailable
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.proposals.actions.send_again import send_again
from capecontrol.features.proposals.actions.send_proposal import send_proposal
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.errors import NothingToPay, ProjectClosed, TextTooLong, ValidityOver, WrongState
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.permissions import PROPOSALS_SEND
from capecontrol.features.proposals.press import Press
from capecontrol.features.proposals.routes.answers import Seller, answer, proposal_for
from capecontrol.features.proposals.schemas.proposal import ProposalOut

router = Router("proposals")

#: Each has a document rendered, or mails its owners.
SENDINGS = Limit("sendings", per_second=1, burst=30, by=Subject.ACTOR)


@router.post(
    "/api/proposals/{proposal_id}/send",
    operation_id="send_proposal",
    summary="Send a proposal",
    problems=[WrongState, NothingToPay, TextTooLong, ValidityOver, ProjectClosed, PreconditionFailed, Unavailable],
)
async def send(
    proposal_id: PathId,
    units: Annotated[Units, requires_units(PROPOSALS_SEND, limit=SENDINGS)],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    renderer: Annotated[PdfRenderer, provided(PdfRenderer)],
    links: Annotated[Links, provided(Links)],
    business: Seller,
    response: Response,
    expected: IfMatch = None,
) -> ProposalOut:
    """Lock the draft, create its PDF, and e-mail it with a viewing link to the owners of the client's organization."""
    press = Press(renderer, storage, links.public_url)
    await send_proposal(units, business, proposal_id, press=press, expected=expected)
    async with units.open() as work:
        return await answer(work, business, await ProposalDao(work).require(proposal_id), response)


@router.post(
    "/api/proposals/{proposal_id}/send-again",
    operation_id="send_proposal_again",
    summary="Send a proposal again",
    problems=[WrongState, ValidityOver, ProjectClosed],
)
async def send_proposal_again(
    proposal: Annotated[Proposal, proposal_for(PROPOSALS_SEND)],
    work: Annotated[UnitOfWork, requires(PROPOSALS_SEND, limit=SENDINGS)],
    business: Seller,
    response: Response,
) -> ProposalOut:
    """E-mail a proposal that awaits a decision again, to everyone who is an owner of the client's organization now."""
    await send_again(work, proposal)
    return await answer(work, business, proposal, response)
