"""Keep back what is to be e-mailed of the proposals of a project that was archived."""

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.features.projects.events import ProjectStatusChanged
from capecontrol.features.projects.interface import get_project
from capecontrol.features.proposals.actions.note_delivery import note_withheld
from capecontrol.features.proposals.actions.withdraw_mails import take_back
from capecontrol.features.proposals.dao.proposals import ProposalDao


async def withhold_mails(event: ProjectStatusChanged, delivery: Delivery) -> None:
    """Take back the e-mails that offer what nobody can accept any more, and note which versions have not arrived.

    One that is already with the mail server arrives: its page says that the proposal is closed.
    """
    async with delivery.completing() as work:
        # As everywhere, the project is locked before its proposals.
        await get_project(work, event.project_id, lock=True)
        for proposal in await ProposalDao(work).standing_of(event.project_id):
            # One of a project that was restored meanwhile is open again.
            if proposal.is_closed and await take_back(work, proposal):
                await note_withheld(work, proposal.id, delivery.message_id)
