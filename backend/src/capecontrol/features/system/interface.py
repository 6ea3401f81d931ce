"""What other features may know of the system."""

from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.work import UnitOfWork

__all__ = ["count_dead_letters"]


async def count_dead_letters(work: UnitOfWork) -> int:
    """Return how many messages were given up and wait for somebody's decision."""
    return await OutboxDao(work).dead_count()
