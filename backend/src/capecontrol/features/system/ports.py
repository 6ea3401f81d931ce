"""What the system page needs to know of the installation around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Release:
    """The release that answers, and the schemas that it runs on: the oldest and the newest revision."""

    version: str
    commit: str
    built_at: str | None
    environment: str
    oldest_schema: str
    newest_schema: str


class Schema(Protocol):
    """The schema of the database."""

    async def revision(self) -> str | None:
        """Return the revision that it is on, or None when it was never migrated."""
        ...


class Queues(Protocol):
    """The queues between the relay and the workers."""

    async def depths(self) -> Mapping[str, int] | None:
        """Return how many messages wait in the queue of each lane, or None when Redis does not answer."""
        ...
