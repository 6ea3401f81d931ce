"""Try a message that failed again now, not when its time comes."""

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.work import UnitOfWork
from capecontrol.features.system.errors import MessageNotWaiting


async def hasten_message(work: UnitOfWork, message: OutboxMessage) -> None:
    """Make a message due now that failed and waits for its next try, and record who did so.

    Raises:
        MessageNotWaiting: it is being delivered, was delivered or was given up, or a colleague was faster.
    """
    if not await OutboxDao(work).hasten(message.id):
        raise MessageNotWaiting("It is being delivered now, was delivered already, or was given up.")
    await work.record(
        "outbox.message_hastened",
        resource=("outbox_message", message.id),
        org_id=message.org_id,
        metadata={"consumer": message.consumer, "topic": message.topic},
    )
    note_change(work, Topic.SYSTEM, message.id, is_for_clients=False)
