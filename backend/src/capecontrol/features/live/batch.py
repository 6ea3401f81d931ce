"""What one look found that some reader hears of."""

from collections.abc import Sequence
from functools import cached_property

from capecontrol.features.live.event import changes_event
from capecontrol.features.live.hearing import NotedChange
from capecontrol.features.live.position import Position


class Batch:
    """Changes, and where they leave the reader. Its event is written once for all who hear the same."""

    def __init__(self, position: Position, changes: Sequence[NotedChange]) -> None:
        """Take both."""
        self.position = position
        self.changes = changes

    @cached_property
    def event(self) -> bytes:
        """Return the event that tells of all of them."""
        return changes_event(self.position, self.changes)

    def after(self, position: Position) -> "Batch":
        """Return what of it somebody has not seen who stands there."""
        unseen = [change for change in self.changes if position.is_behind(change.transaction_id)]
        return self if len(unseen) == len(self.changes) else Batch(self.position, unseen)
