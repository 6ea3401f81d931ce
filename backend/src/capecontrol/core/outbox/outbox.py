"""The outbox: announces an event by writing one row for each of its consumers beside the change."""

from datetime import datetime

from capecontrol.core.db.transaction import Transaction
from capecontrol.core.events import Event
from capecontrol.core.ids import new_id
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import EventRegistry


class Outbox:
    """Publishes events to the consumers that the registry names."""

    def __init__(self, registry: EventRegistry) -> None:
        """Take who listens to what."""
        self._registry = registry

    async def publish(self, transaction: Transaction, event: Event, *, at: datetime, request_id: str | None) -> None:
        """Write one message for each consumer into the transaction; see ``EventPublisher``."""
        for consumer in self._registry.consumers(type(event)):
            transaction.insert_last(
                OutboxMessage(
                    id=new_id(),
                    org_id=event.org_id,
                    topic=event.topic,
                    consumer=consumer,
                    lane=self._registry.lane(consumer),
                    # What has its default is left out: the release before, which may take over for a while, refuses
                    # members that it does not know.
                    payload=event.model_dump(mode="json", exclude_defaults=True),
                    request_id=request_id,
                    created_at=at,
                )
            )
