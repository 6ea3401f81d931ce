"""Who listens to what: the join of all features' subscriptions and schedules."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from capecontrol.core.events import Event
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Subscription(Generic[E]):
    """One consumer of one kind of event. ``consumer`` is a stable name: rows in flight carry it.

    ``on_dead`` says what is announced, in the same transaction, when a message of it becomes a dead letter; None where
    nobody but the operators of the installation needs to know. It only names an event: whoever listens to that one has
    retries of its own, so that a death is noted also where its reaction fails.
    """

    event: type[E]
    consumer: str
    handle: Callable[[E, Delivery], Awaitable[None]]
    lane: Lane = Lane.DEFAULT
    on_dead: Callable[[E, DeadLetter], Event | None] | None = None

    def read(self, payload: Mapping[str, object]) -> E:
        """Return a stored event, perhaps of the release after: what this release does not know of it is passed over.

        Raises:
            ValidationError: a member is missing, and has no default.
        """
        return self.event.model_validate(payload, extra="ignore")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Work that recurs: each slot of the database's clock is claimed once, by any scheduler."""

    name: str
    every: timedelta
    handle: "Callable[[SlotDue, Delivery], Awaitable[None]]"
    lane: Lane = Lane.JOBS


class SlotDue(Event):
    """A slot of the schedule came."""

    topic = "schedule.slot_due.v1"
    slot: int


class EventRegistry:
    """The routing table of a process."""

    def __init__(self, subscriptions: Iterable[Subscription[Any]] = (), schedule: Iterable[Scheduled] = ()) -> None:
        """Join the features' lists; a consumer's name may appear once."""
        self.schedule = tuple(schedule)
        self._by_event: dict[type[Event], list[str]] = {}
        self._by_consumer: dict[str, Subscription[Any]] = {}
        for subscription in subscriptions:
            self._add(subscription)
            self._by_event.setdefault(subscription.event, []).append(subscription.consumer)
        for job in self.schedule:
            self._add(Subscription(event=SlotDue, consumer=job.name, handle=job.handle, lane=job.lane))

    def _add(self, subscription: Subscription[Any]) -> None:
        if subscription.consumer in self._by_consumer:
            raise ValueError(f"two consumers are named {subscription.consumer}")
        self._by_consumer[subscription.consumer] = subscription

    def consumers(self, event: type[Event]) -> list[str]:
        """Return the names of those who listen to an event."""
        return self._by_event.get(event, [])

    def lane(self, consumer: str) -> Lane:
        """Return the lane that a consumer's messages travel in."""
        subscription = self._by_consumer.get(consumer)
        return subscription.lane if subscription else Lane.DEFAULT

    def subscription(self, consumer: str) -> Subscription[Any] | None:
        """Return a consumer by name, or None when this release has none of that name."""
        return self._by_consumer.get(consumer)
