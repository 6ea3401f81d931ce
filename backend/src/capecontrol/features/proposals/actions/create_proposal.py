"""Make the proposal of a project."""

import uuid

from capecontrol.core.ids import new_id
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.projects.interface import ProjectStatus, get_project
from capecontrol.features.proposals.actions.expire_proposal import expire_proposal
from capecontrol.features.proposals.activity import PROPOSAL_CREATED
from capecontrol.features.proposals.closed import project_archived
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.errors import AlreadyActive, ProjectClosed
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at, status_words
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal

#: The states of a project in which it may get a proposal.
OPEN_FOR_PROPOSALS = frozenset(ProjectStatus) - {ProjectStatus.ARCHIVED}


async def create_proposal(work: UnitOfWork, project_id: uuid.UUID, draft: Draft) -> Proposal:
    """Make a proposal in DRAFT, as the project's next version.

    Raises:
        Invalid: the project is unknown, or the draft does not add up.
        AlreadyActive: the project has an active proposal.
        ProjectClosed: the project is archived, or in a state that only a later release knows.
    """
    # Locked until the commit: of two drafts for one project the second waits, and finds the first.
    project = await get_project(work, project_id, lock=True)
    if project is None:
        raise Invalid(errors=[FieldError("/project_id", "Choose a project from the list.")])
    now = work.now()
    draft.check_length()
    values = draft.to_values(now)
    if project.status not in OPEN_FOR_PROPOSALS:
        if project.status is ProjectStatus.ARCHIVED:
            raise project_archived(work)
        raise ProjectClosed("The project has a status that this release doesn't support.", allowed=[])
    dao = ProposalDao(work)
    for standing in await dao.standing_of(project.id):
        # What is overdue is over, swept or not, and does not stand in the way.
        if status_at(standing.status, standing.valid_until, now) is not ProposalStatus.EXPIRED:
            raise _already_active(standing)
        await expire_proposal(work, standing)
    proposal = await dao.add(
        Proposal(
            id=new_id(),
            org_id=project.org_id,
            project_id=project.id,
            version=await dao.last_version(project.id) + 1,
            status=ProposalStatus.DRAFT,
            created_by=work.actor.id,
            **values,
        )
    )
    await record_proposal(work, PROPOSAL_CREATED, proposal)
    return proposal


def _already_active(active: Proposal) -> AlreadyActive:
    return AlreadyActive(
        f"Version {active.version} {status_words(active.status)}. A project can have one active proposal at a time.",
        allowed=[str(step) for step in allowed_from(active.status)],
        proposal_id=str(active.id),
    )
