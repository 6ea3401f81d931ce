"""Tell whoever sent a proposal what came of it; where they have left, the operators."""

import uuid

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.links import Links, PagePath, Pages
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.interface import PersonSummary, active_operators, active_person
from capecontrol.features.notifications.interface import send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import (
    ChangesRequested,
    ProposalApproved,
    ProposalDeclined,
    ProposalExpired,
)
from capecontrol.features.proposals.mails import Decision, ProposalDecidedMail, ProposalExpiredMail
from capecontrol.features.proposals.models import Proposal

#: Staff belong to no organization: in that of the proposal nobody would be found.
_PLATFORM = PlatformScope("proposals: tell the agency what came of one")


async def tell_of_approval(event: ProposalApproved, delivery: Delivery) -> None:
    """Mail that the client approved; the proposal's page says when it is paid."""
    async with delivery.completing(_PLATFORM) as work:
        await _tell(work, delivery, event.proposal_id, "APPROVED", Pages.proposal(event.proposal_id))


async def tell_of_changes(event: ChangesRequested, delivery: Delivery) -> None:
    """Mail what the client wants changed, and lead to the draft of the next version."""
    async with delivery.completing(_PLATFORM) as work:
        await _tell(work, delivery, event.proposal_id, "CHANGES_REQUESTED", Pages.proposal(event.next_id))


async def tell_of_decline(event: ProposalDeclined, delivery: Delivery) -> None:
    """Mail that the client declined, and lead to the project, which may get another proposal."""
    async with delivery.completing(_PLATFORM) as work:
        await _tell(work, delivery, event.proposal_id, "DECLINED", Pages.project(event.project_id))


async def tell_of_expiry(event: ProposalExpired, delivery: Delivery) -> None:
    """Mail that the client did not respond in time, unless somebody writes the next version or archived the project."""
    async with delivery.completing(_PLATFORM) as work:
        dao = ProposalDao(work)
        proposal = await dao.get(event.proposal_id)
        if proposal is None or proposal.is_closed or await dao.last_version(proposal.project_id) > proposal.version:
            return
        project = await get_project(work, proposal.project_id)
        organization = await get_organization(work, proposal.org_id)
        if project is None or organization is None:
            return
        ports = delivery.ports
        formats = ports.get(Business).formats
        for person in await _told(work, proposal):
            await send_mail(
                work,
                ProposalExpiredMail(
                    full_name=person.full_name,
                    organization_name=organization.name,
                    project_code=project.code,
                    title=proposal.title,
                    version=proposal.version,
                    total_text=formats.minor_units(proposal.total, proposal.currency),
                    valid_until_text=formats.date_of(proposal.valid_until) if proposal.valid_until else "",
                    is_sender=person.id == (proposal.sent_by or proposal.created_by),
                    url=ports.get(Links).page(Pages.project(proposal.project_id)),
                ),
                to=person.email,
            )


async def _tell(
    work: UnitOfWork, delivery: Delivery, proposal_id: uuid.UUID, decision: Decision, page: PagePath
) -> None:
    proposal = await ProposalDao(work).get(proposal_id)
    project = await get_project(work, proposal.project_id) if proposal else None
    organization = await get_organization(work, proposal.org_id) if proposal else None
    if proposal is None or project is None or organization is None:
        return
    ports = delivery.ports
    for person in await _told(work, proposal):
        await send_mail(
            work,
            ProposalDecidedMail(
                full_name=person.full_name,
                decision=decision,
                organization_name=organization.name,
                project_code=project.code,
                title=proposal.title,
                version=proposal.version,
                total_text=ports.get(Business).formats.minor_units(proposal.total, proposal.currency),
                # Anybody may type the name of somebody else: our own sentence names the account.
                decided_by_name=proposal.decided_by_name or "",
                decided_name=proposal.decided_name or "",
                note=proposal.decision_note or "",
                is_sender=person.id == (proposal.sent_by or proposal.created_by),
                url=ports.get(Links).page(page),
            ),
            to=person.email,
        )


async def _told(work: UnitOfWork, proposal: Proposal) -> list[PersonSummary]:
    """Return who sent it; where that person has left, every operator: somebody has to go on with the client."""
    # What an earlier release sent does not say by whom: then whoever wrote it is told.
    sender_id = proposal.sent_by or proposal.created_by
    sender = await active_person(work, sender_id) if sender_id else None
    return [sender] if sender else await active_operators(work)
