"""What other features may know of the system."""

from capecontrol.core.figures import Figure
from capecontrol.core.outbox.dao import IS_DEAD
from capecontrol.core.outbox.model import OutboxMessage

__all__ = ["dead_letters"]


def dead_letters() -> Figure:
    """Return the messages that were given up and wait for somebody's decision, as a figure."""
    return Figure(*IS_DEAD, owner=OutboxMessage.org_id)
