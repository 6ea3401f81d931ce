"""Note on a proposal which of its e-mails did not arrive; and that one did, after all."""

import uuid

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.outbox.dao import MessageState, OutboxDao
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork
from capecontrol.features.notifications.interface import MailSettled, MailSubject
from capecontrol.features.proposals.activity import PROPOSAL_NOT_DELIVERED
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.events import ProposalNotMailed
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.record import record_proposal
from capecontrol.features.proposals.undelivered import (
    Undelivered,
    UndeliveredReason,
    read_undelivered,
    write_undelivered,
)

#: What the e-mails of a proposal say that they are about.
_KIND = "proposal"


def about_proposal(proposal_id: uuid.UUID) -> MailSubject:
    """Return what an e-mail with a proposal is about, so that it is noted here what became of it."""
    return MailSubject(kind=_KIND, id=proposal_id)


async def note_mail(event: MailSettled, delivery: Delivery) -> None:
    """Note that an e-mail with a proposal was given up, or that it was delivered."""
    if event.about.kind != _KIND:
        return
    reason = UndeliveredReason.REFUSED if event.was_refused else UndeliveredReason.UNREACHABLE
    async with delivery.completing() as work:
        await note_message(work, event.about.id, event.mail_id, to=event.to, reason=reason)


async def note_not_mailed(event: ProposalNotMailed, delivery: Delivery) -> None:
    """Note that the e-mails with a proposal could not even be written."""
    async with delivery.completing() as work:
        await note_message(work, event.proposal_id, event.message_id, to="", reason=event.reason)


async def note_withheld(work: UnitOfWork, proposal_id: uuid.UUID, message_id: uuid.UUID) -> None:
    """Note that a version was not e-mailed because its project is archived, for who sends it once that is restored."""
    withheld = Undelivered(message_id, "", UndeliveredReason.WITHHELD, work.now())
    await ProposalDao(work).update_where(Proposal.id == proposal_id, undelivered=write_undelivered([withheld]))


async def note_message(
    work: UnitOfWork, proposal_id: uuid.UUID, message_id: uuid.UUID, *, to: str, reason: UndeliveredReason
) -> None:
    """Bring what the proposal says of a message to where the message stands.

    News of one message may come in any order: a letter that was revived and delivered may be told as dead after that.
    So the message is asked, behind the lock of the proposal, and the news only says that there is something to ask.
    """
    proposal = await ProposalDao(work).get(proposal_id, lock=True)
    if proposal is None:
        return
    before = read_undelivered(proposal.undelivered)
    others = [one for one in before if one.message_id != message_id]
    state = await OutboxDao(work).state_of(message_id)
    if state is MessageState.DEAD:
        if len(others) < len(before):
            return
        after = [*others, Undelivered(message_id, to, reason, work.now())]
    elif state is None and len(others) < len(before):
        after = others
    else:
        # On its way again, after it was revived: what was said of it holds until it arrives.
        return
    await ProposalDao(work).update_where(Proposal.id == proposal.id, undelivered=write_undelivered(after))
    if len(after) > len(before):
        await record_proposal(work, PROPOSAL_NOT_DELIVERED, proposal, {"recipient": to or None}, reason=reason)
    else:
        note_change(
            work, Topic.PROPOSALS, proposal.id, org_id=proposal.org_id, project_id=proposal.project_id,
            is_for_clients=False,
        )  # fmt: skip
