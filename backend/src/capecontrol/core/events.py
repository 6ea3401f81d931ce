"""Events: past tense, versioned, ids and not objects; and the port through which a unit of work announces them."""

import uuid
from datetime import datetime
from typing import ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

from capecontrol.core.db.transaction import Transaction


class Event(BaseModel):
    """Something that happened. Subclasses name a topic such as ``proposals.sent.v1``.

    It is made strictly and read leniently: a message may be read by the release before, or after (ADR 0019).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    topic: ClassVar[str]

    org_id: uuid.UUID | None = None


class EventPublisher(Protocol):
    """Announces events in the transaction of the change. ``core.outbox`` implements it."""

    async def publish(self, transaction: Transaction, event: Event, *, at: datetime, request_id: str | None) -> None:
        """Write one message for each consumer of the event into the transaction.

        Args:
            transaction: the unit of work's.
            event: what happened.
            at: the time of the unit's clock.
            request_id: the request that caused it, if there was one.
        """
        ...
