"""What somebody hears of: the changes of their organization, of the topics that they may read."""

import uuid
from dataclasses import dataclass
from typing import Self

from capecontrol.core.actor import Actor
from capecontrol.core.changes.topic import Topic, TopicTable
from capecontrol.core.permissions import Realm


@dataclass(frozen=True, slots=True)
class NotedChange:
    """A change as it was noted."""

    transaction_id: int
    org_id: uuid.UUID | None
    topic: Topic
    subject_id: uuid.UUID | None
    project_id: uuid.UUID | None
    is_for_clients: bool

    @classmethod
    def read(
        cls,
        transaction_id: str,
        org_id: uuid.UUID | None,
        topic: Topic,
        subject_id: uuid.UUID | None,
        project_id: uuid.UUID | None,
        is_for_clients: bool,
    ) -> Self:
        """Return the change of a row; the driver knows no number for ids of transactions, so that they come as text."""
        return cls(int(transaction_id), org_id, topic, subject_id, project_id, is_for_clients)

    @classmethod
    def of_everybody(cls, topic: Topic) -> Self:
        """Return a change of the whole platform that may have been missed."""
        return cls(0, None, topic, None, None, is_for_clients=True)


@dataclass(frozen=True, slots=True)
class Hearing:
    """Whose changes somebody hears, and of what. Staff hear all organizations', without an ``org_id`` of their own."""

    org_id: uuid.UUID | None
    is_staff: bool
    topics: frozenset[Topic]

    @classmethod
    def of(cls, actor: Actor, topics: TopicTable) -> Self:
        """Return what a signed-in person hears."""
        return cls(actor.org_id, actor.realm is Realm.ADMIN, topics.heard_with(actor.permissions))

    def hears(self, change: NotedChange) -> bool:
        """Tell whether a change is theirs to hear of."""
        if change.topic not in self.topics:
            return False
        if self.is_staff:
            return True
        # What is nobody's in particular, such as the business, is everybody's, if its topic is.
        return change.is_for_clients and change.org_id in (self.org_id, None)
