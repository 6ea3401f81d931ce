"""Queries of bulk operations."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, bindparam, case, cast, delete, exists, func, select

from capecontrol.core.dao import Dao
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.features.bulk_operations.events import BulkPartDue
from capecontrol.features.bulk_operations.filters import BulkOperationFilter
from capecontrol.features.bulk_operations.lifecycle import ACTIVE, BulkState
from capecontrol.features.bulk_operations.models import BulkError, BulkOperation, BulkSelection

#: As many failures are kept with their reasons.
ERRORS_KEPT = 20


class BulkOperationDao(Dao[BulkOperation]):
    """Bulk operations within the scope."""

    model = BulkOperation

    async def list_own(self, wanted: BulkOperationFilter, query: PageQuery) -> Slice[BulkOperation]:
        """Return a page of the actor's operations."""
        return await BULK_OPERATIONS.page(self.work, query, person_id=self.work.actor.id, **wanted.values())

    async def begin(self, operation_id: uuid.UUID) -> bool:
        """Take an operation out of the queue; tell whether this call did."""
        values = {"state": BulkState.RUNNING, "started_at": self.work.now()}
        return await self._change(operation_id, BulkOperation.state == BulkState.QUEUED, **values)

    async def count_success(self, operation_id: uuid.UUID, position: int, *, while_running: bool) -> bool:
        """Count the thing at a position as done; tell whether it was its turn. Of two that take it, one gets True.

        Args:
            operation_id: the operation.
            position: how many things had their turn before.
            while_running: whether it counts only if nobody has stopped the operation.
        """
        conditions = [_is_at(position)]
        if while_running:
            conditions.append(BulkOperation.state == BulkState.RUNNING)
        return await self._change(operation_id, *conditions, succeeded=BulkOperation.succeeded + 1)

    async def count_failure(self, operation_id: uuid.UUID, position: int, error: BulkError) -> bool:
        """Count the thing at a position as failed, and keep why while there is room; tell whether it was its turn."""
        kept = case(
            (func.jsonb_array_length(BulkOperation.errors) < ERRORS_KEPT, BulkOperation.errors.concat([error])),
            else_=BulkOperation.errors,
        )
        return await self._change(operation_id, _is_at(position), failed=BulkOperation.failed + 1, errors=kept)

    async def end(self, operation_id: uuid.UUID, state: BulkState, **values: object) -> bool:
        """End an operation that has not ended, and forget what it was about; tell whether this call did."""
        values = {"state": state, "finished_at": self.work.now(), **values}
        is_ended = await self._change(operation_id, BulkOperation.state.in_(ACTIVE), **values)
        if is_ended:
            await BulkSelectionDao(self.work).forget(operation_id)
        return is_ended

    async def orphaned(self) -> list[BulkOperation]:
        """Return operations under way that no message carries on: it was given up, or is gone.

        Needs the platform's scope. A part and the message of the next one are committed together.
        """
        carries_on = exists().where(
            OutboxMessage.topic == BulkPartDue.topic,
            OutboxMessage.payload["operation_id"].astext == cast(BulkOperation.id, Text),
            OutboxMessage.done_at.is_(None),
            OutboxMessage.dead_at.is_(None),
        )
        return await self.all(self.select().where(BulkOperation.state.in_(ACTIVE), ~carries_on))

    async def forget_ended_before(self, moment: datetime) -> None:
        """Delete operations that ended before a moment."""
        await self.session.execute(delete(BulkOperation).where(*self.owned(), BulkOperation.finished_at < moment))

    async def _change(self, operation_id: uuid.UUID, *conditions: ColumnElement[bool], **values: object) -> bool:
        return bool(await self.update_where(BulkOperation.id == operation_id, *conditions, **values))


class BulkSelectionDao(Dao[BulkSelection]):
    """What operations are about, within the scope."""

    model = BulkSelection

    async def keep(self, operation: BulkOperation, subject_ids: Sequence[uuid.UUID]) -> None:
        """Keep what an operation is about."""
        await self.add(BulkSelection(id=operation.id, org_id=operation.org_id, subject_ids=list(subject_ids)))

    async def subject_at(self, operation_id: uuid.UUID, position: int) -> uuid.UUID | None:
        """Return the thing at a position, from 0; None where there is none, or the operation has ended."""
        # PostgreSQL counts from 1, and reads all of an array to give one member: 160 kB of 10,000, from memory.
        subject = BulkSelection.subject_ids[position + 1]
        statement = select(subject).where(*self.owned(), BulkSelection.id == operation_id)
        found: uuid.UUID | None = (await self.session.execute(statement)).scalar_one_or_none()
        return found

    async def forget(self, operation_id: uuid.UUID) -> None:
        """Delete what an operation was about."""
        await self.session.execute(delete(BulkSelection).where(*self.owned(), BulkSelection.id == operation_id))


def _is_at(position: int) -> ColumnElement[bool]:
    return BulkOperation.succeeded + BulkOperation.failed == position


BULK_OPERATIONS = PageRead(
    BulkOperation,
    person_id=BulkOperation.person_id == bindparam("person_id"),
    state=BulkOperation.state == bindparam("state"),
)
