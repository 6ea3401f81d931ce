"""What recurs: ending proposals whose validity is over."""

from datetime import timedelta

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.proposals.actions.expire_proposal import expire_proposal
from capecontrol.features.proposals.dao.proposals import ProposalDao

#: How many one slot ends; more wait for the next slot, and count as expired meanwhile (see ``status_at``).
BATCH = 200


async def expire_overdue(_: SlotDue, delivery: Delivery) -> None:
    """End every overdue proposal, in one unit of work for the platform."""
    async with delivery.completing() as work:
        for proposal in await ProposalDao(work).overdue(work.now(), BATCH):
            await expire_proposal(work, proposal)


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled(name="proposals.expire", every=timedelta(minutes=5), handle=expire_overdue),
)
