"""How routes find a proposal, and answer it."""

import uuid
from collections.abc import Iterable
from typing import Annotated

from starlette.responses import Response

from capecontrol.core.business import Business
from capecontrol.core.http import provided
from capecontrol.core.http.etag import tag
from capecontrol.core.http.lookup import lookup
from capecontrol.core.permissions import Realm
from capecontrol.core.problems import require
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import OwnedProject, owned_projects
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.schemas.proposal import ProposalOut

Seller = Annotated[Business, provided(Business)]


async def _project_of(work: UnitOfWork, proposal_id: uuid.UUID) -> OwnedProject:
    return require(await ProposalDao(work).project_of(proposal_id))


proposal_for = lookup("proposal_id", lambda work, proposal_id: ProposalDao(work).require(proposal_id))
project_of_proposal_for = lookup("proposal_id", _project_of)


async def answers(work: UnitOfWork, business: Business, rows: Iterable[Proposal]) -> list[ProposalOut]:
    """Return the answers of versions, with the project of each, as the caller may see them."""
    proposals = list(rows)
    projects = await owned_projects(work, {row.project_id for row in proposals})
    return [answer_of(work, business, row, projects[row.project_id]) for row in proposals]


def answer_of(work: UnitOfWork, business: Business, row: Proposal, owned: OwnedProject) -> ProposalOut:
    """Return the answer of a version whose project is known."""
    return ProposalOut.of(row, owned, business, work.now(), is_for_staff=work.actor.realm is Realm.ADMIN)


async def answer(work: UnitOfWork, business: Business, row: Proposal, response: Response) -> ProposalOut:
    """Return the answer of one version, with its revision as ``ETag``."""
    tag(response, row.revision)
    return (await answers(work, business, [row]))[0]
