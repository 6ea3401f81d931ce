"""What uploads do on a schedule: what no record names leaves the storage."""

from datetime import timedelta

import structlog

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.uploads.dao import UploadDao

log = structlog.get_logger("uploads")

#: Files of one round.
BATCH = 200
#: After so many it is the storage, and not a file. One that fails is among the first of the next round, too.
FAILURES_MAX = 10


async def sweep(_due: SlotDue, delivery: Delivery) -> None:
    """Remove files that are kept no longer: taken first, so that nobody records one that is about to go.

    One that cannot be removed keeps no other; it is tried again with the next attempt.

    Raises:
        StorageError: some could not be removed.
    """
    storage, scope = delivery.ports.get(ObjectStorage), PlatformScope("uploads: sweep")
    failures, is_over = 0, False
    while not is_over:
        async with delivery.phase(scope) as work:
            taken = await UploadDao(work).take_out_of_date(BATCH)
        removed = []
        for identifier, key in taken.items():
            try:
                await storage.delete(key)
            except StorageError as error:
                failures += 1
                log.warning("uploads.not_removed", key=key, reason=str(error))
                if failures == FAILURES_MAX:
                    break
            else:
                removed.append(identifier)
        async with delivery.phase(scope) as work:
            await UploadDao(work).forget(removed)
        is_over = len(taken) < BATCH or failures == FAILURES_MAX
    if failures:
        raise StorageError("some files could not be removed")


SCHEDULE: tuple[Scheduled, ...] = (Scheduled("core.sweep_uploads", timedelta(days=1), sweep),)
