"""One thing's turn in a bulk operation, as the worker takes it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from capecontrol.core.actor import Actor
from capecontrol.core.bulk.kind import BulkKind
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.bulk_operations.dao import BulkOperationDao
from capecontrol.features.bulk_operations.models import BulkError


class TurnLost(RuntimeError):
    """The operation was stopped, or another worker took the turn: nothing of this block is kept."""


@dataclass(slots=True)
class Turn:
    """A thing that an operation has come to. ``position`` tells how many had their turn before."""

    delivery: Delivery
    operation_id: uuid.UUID
    position: int
    subject_id: uuid.UUID
    kind: BulkKind[Any]
    person: Actor
    #: Whether an attempt that died may have begun with it.
    is_repeat: bool
    is_completed: bool = False

    @property
    def ports(self) -> Ports:
        """Return what reaches the outside."""
        return self.delivery.ports

    @property
    def units(self) -> Units:
        """Return the person's units, for an act in phases."""
        # The same at every attempt: whatever the outside is given as its key.
        once = uuid.uuid5(self.operation_id, str(self.subject_id))
        return Units(
            self.delivery.factory, self.person, self.delivery.scope, self.delivery.origin, once, self.is_repeat
        )

    @asynccontextmanager
    async def completing(self) -> AsyncIterator[UnitOfWork]:
        """Open the unit that counts the thing as done together with the act's effects.

        Raises:
            TurnLost: it is not this thing's turn any more.
        """
        async with self.units.open() as work:
            # First of all: it locks the operation, so that two workers do not act at the same time.
            if not await BulkOperationDao(work).count_success(self.operation_id, self.position, while_running=True):
                raise TurnLost
            yield work
        self.is_completed = True

    async def succeed(self) -> None:
        """Count the thing as done, whose act was committed before: also where the operation was stopped meanwhile."""
        async with self.units.open() as work:
            await BulkOperationDao(work).count_success(self.operation_id, self.position, while_running=False)

    async def fail(self, reason: str, *, may_pass: bool) -> None:
        """Count the thing as failed, with the reason, and whether another attempt may succeed as things are."""
        async with self.units.open() as work:
            name = await self.kind.name_of(work, self.subject_id)
            error = BulkError(subject_id=str(self.subject_id), name=name, reason=reason, may_pass=may_pass)
            await BulkOperationDao(work).count_failure(self.operation_id, self.position, error)
