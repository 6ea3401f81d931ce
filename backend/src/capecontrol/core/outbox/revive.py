"""Reviving dead letters: a person's decision, and kept as one."""

import uuid
from collections.abc import Sequence

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.outbox.dao import OutboxDao, RevivedMessage
from capecontrol.core.work import UnitOfWork


async def revive_messages(work: UnitOfWork, ids: Sequence[uuid.UUID]) -> list[RevivedMessage]:
    """Make dead letters due again, record who did so, and return those that were dead."""
    revived = await OutboxDao(work).revive(ids)
    for message in revived:
        await work.record(
            "outbox.message_revived",
            resource=("outbox_message", message.id),
            org_id=message.org_id,
            metadata={"consumer": message.consumer, "topic": message.topic},
        )
        note_change(work, Topic.SYSTEM, message.id, is_for_clients=False)
    return revived
