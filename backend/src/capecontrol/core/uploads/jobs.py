"""What uploads do on a schedule: what no record names leaves the storage."""

from datetime import timedelta

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.dao import UploadDao

#: Files of one round.
BATCH = 200


async def sweep(_due: SlotDue, delivery: Delivery) -> None:
    """Remove files that are kept no longer: taken first, so that nobody records one that is about to go."""
    storage, scope = delivery.ports.get(ObjectStorage), PlatformScope("uploads: sweep")
    while True:
        async with delivery.phase(scope) as work:
            taken = await UploadDao(work).take_out_of_date(BATCH)
        for key in taken.values():
            await storage.delete(key)
        async with delivery.phase(scope) as work:
            await UploadDao(work).forget(taken)
        if len(taken) < BATCH:
            return


SCHEDULE: tuple[Scheduled, ...] = (Scheduled("core.sweep_uploads", timedelta(days=1), sweep),)
