"""Take back what was to be e-mailed of a version and has not arrived."""

from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.work import UnitOfWork
from capecontrol.features.notifications.interface import withdraw_mails
from capecontrol.features.proposals.actions.note_delivery import about_proposal
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import DELIVERIES
from capecontrol.features.proposals.models import Proposal


async def withdraw_version(work: UnitOfWork, proposal: Proposal) -> None:
    """Let no e-mail go out that offers a version, and forget which did not arrive.

    For a version that waits for no decision any more, or is sent again: after days without a mail server, or from a
    letter that somebody revives, clients would otherwise get offers that no longer stand, or one offer many times.
    """
    await take_back(work, proposal)
    await ProposalDao(work).update_where(Proposal.id == proposal.id, undelivered={})


async def take_back(work: UnitOfWork, proposal: Proposal) -> bool:
    """Take back the e-mails of a version that have not arrived; tell whether there was one.

    Before the version is locked: the one who mails it holds its message first, and then the version.
    """
    unwritten = await OutboxDao(work).withdraw(DELIVERIES, {"proposal_id": str(proposal.id)})
    unsent = await withdraw_mails(work, about_proposal(proposal.id))
    return unwritten + unsent > 0
