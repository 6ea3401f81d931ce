"""Topics: of what open pages may be told that it changed, and who may hear of each."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from capecontrol.core.permissions import Permission


class Topic(StrEnum):
    """The kind of object that changed."""

    ORGANIZATIONS = "organizations"
    BUSINESS = "business"
    PROJECTS = "projects"
    PROPOSALS = "proposals"
    PAYMENTS = "payments"
    INVOICES = "invoices"
    WORKFLOWS = "workflows"
    EXECUTIONS = "executions"
    SYSTEM = "system"
    BULK_OPERATIONS = "bulk_operations"


#: Which permission a topic is heard with; None where everybody who is signed in hears of it, since it is of the whole
#: platform and of no organization.
Audience = Mapping[Topic, Permission | None]


class TopicTable:
    """The topics of all features, and who hears of them."""

    def __init__(self, audiences: Iterable[Audience]) -> None:
        """Join the features' topics; one that two declare is a mistake."""
        self._readers: dict[Topic, Permission | None] = {}
        for audience in audiences:
            for topic, permission in audience.items():
                if topic in self._readers:
                    raise ValueError(f"topic {topic} is declared by two features")
                self._readers[topic] = permission

    @property
    def everybodys(self) -> frozenset[Topic]:
        """Return the topics of the whole platform, which everybody hears of."""
        return frozenset(topic for topic, needed in self._readers.items() if needed is None)

    def heard_with(self, permissions: frozenset[Permission]) -> frozenset[Topic]:
        """Return the topics that somebody with these permissions hears of."""
        return frozenset(topic for topic, needed in self._readers.items() if needed is None or needed in permissions)
