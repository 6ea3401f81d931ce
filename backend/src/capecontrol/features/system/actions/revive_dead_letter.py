"""Try a message that was given up again."""

from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.revive import revive_messages
from capecontrol.core.work import UnitOfWork
from capecontrol.features.system.errors import MessageNotDead


async def revive_dead_letter(work: UnitOfWork, message: OutboxMessage) -> None:
    """Make a dead letter due again.

    Raises:
        MessageNotDead: it is on its way or delivered; perhaps a colleague was faster.
    """
    if not await revive_messages(work, [message.id]):
        raise MessageNotDead("It is being delivered, or was delivered already.")
