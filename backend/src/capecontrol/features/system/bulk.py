"""What can be done to many messages that were given up."""

import uuid

from capecontrol.core.bulk.kind import BulkKind
from capecontrol.core.bulk.turn import BulkTurn
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.dead_letter_filter import DeadLetterFilter
from capecontrol.core.work import UnitOfWork
from capecontrol.features.system.actions.revive_dead_letter import revive_dead_letter
from capecontrol.features.system.permissions import SYSTEM_OPERATE


async def _find(work: UnitOfWork, wanted: DeadLetterFilter, limit: int) -> list[uuid.UUID]:
    return await OutboxDao(work).dead_letter_ids(wanted, limit)


async def _name(work: UnitOfWork, message_id: uuid.UUID) -> str | None:
    message = await OutboxDao(work).get(message_id)
    return message.consumer if message else None


async def _revive(turn: BulkTurn) -> None:
    async with turn.completing() as work:
        await revive_dead_letter(work, await OutboxDao(work).require(turn.subject_id))


REVIVE = BulkKind(
    name="dead_letters.revive",
    permission=SYSTEM_OPERATE,
    filter=DeadLetterFilter,
    find=_find,
    name_of=_name,
    act=_revive,
)
