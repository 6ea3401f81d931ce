"""Tell whoever sent a proposal how its client decided."""

import uuid

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.links import Links, PagePath, Pages
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.identity.interface import active_person
from capecontrol.features.notifications.interface import send_mail
from capecontrol.features.organizations.interface import get_organization
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.dao import ProposalDao
from capecontrol.features.proposals.events import ChangesRequested, ProposalApproved, ProposalDeclined
from capecontrol.features.proposals.mails import Decision, ProposalDecidedMail

#: Staff belong to no organization: in that of the proposal nobody would be found.
_PLATFORM = PlatformScope("proposals: tell whoever sent it")


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


async def _tell(
    work: UnitOfWork, delivery: Delivery, proposal_id: uuid.UUID, decision: Decision, page: PagePath
) -> None:
    proposal = await ProposalDao(work).get(proposal_id)
    # What an earlier release sent does not say by whom: then whoever wrote it is told.
    sender_id = proposal and (proposal.sent_by or proposal.created_by)
    sender = await active_person(work, sender_id) if sender_id else None
    project = await get_project(work, proposal.project_id) if proposal else None
    organization = await get_organization(work, proposal.org_id) if proposal else None
    if proposal is None or sender is None or project is None or organization is None:
        # Somebody who has left is not written to; the dashboard tells the others.
        return
    ports = delivery.ports
    await send_mail(
        work,
        ProposalDecidedMail(
            full_name=sender.full_name,
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
            url=ports.get(Links).page(page),
        ),
        to=sender.email,
    )
