"""What can be refused about bulk operations."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class NothingMatches(Conflict):
    """The filter finds nothing."""

    slug: ClassVar[str] = "bulk-operations/nothing-matches"
    title: ClassVar[str] = "Nothing matches this filter"


class TooManyMatch(Conflict):
    """The filter finds more than one operation may change."""

    slug: ClassVar[str] = "bulk-operations/too-many"
    title: ClassVar[str] = "Too many items match this filter"


class AlreadyActive(Conflict):
    """The person has an operation of this kind that has not ended."""

    slug: ClassVar[str] = "bulk-operations/already-active"
    title: ClassVar[str] = "You already have one of these in progress"


class AlreadyEnded(Conflict):
    """It has ended and cannot be cancelled."""

    slug: ClassVar[str] = "bulk-operations/already-ended"
    title: ClassVar[str] = "This has already ended"
