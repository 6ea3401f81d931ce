"""Work in batches: each in a transaction of its own, short enough that nothing waits for it."""

from collections.abc import Awaitable, Callable

from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.work import UnitOfWork

#: Rows of one transaction.
BATCH = 1000


async def in_batches(delivery: Delivery, act: Callable[[UnitOfWork, int], Awaitable[int]]) -> None:
    """Act on a batch of rows at a time, until one is not full.

    Args:
        delivery: of the job's slot.
        act: takes a unit of work and how many rows it may act on, and returns how many there were.
    """
    while True:
        async with delivery.phase() as work:
            done = await act(work, BATCH)
        if done < BATCH:
            return
