"""What other features may know of the system."""

from capecontrol.core.figures import Figure
from capecontrol.core.outbox.dao import IS_DEAD
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.features.system.dao import FailingMails, failing_mails

__all__ = ["FailingMails", "dead_letters", "failing_mails"]


def dead_letters() -> Figure:
    """Return the messages that were given up and wait for somebody's decision, as a figure."""
    return Figure(*IS_DEAD, owner=OutboxMessage.org_id)
