"""When a job of the schedule was last due, ran, and comes again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.registry import EventRegistry

#: A job is late when it has not succeeded for so many of its periods, and this much more.
PERIODS_LATE = 2
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class JobTimes:
    """A job's times. ``first_slot`` and ``last_slot`` count periods since the epoch; None where it was never due."""

    name: str
    every: timedelta
    first_slot: int | None
    last_slot: int | None
    last_success_at: datetime | None
    #: Slots that are neither delivered nor given up.
    waiting: int

    @property
    def last_slot_at(self) -> datetime | None:
        """Return when it was last due."""
        return None if self.last_slot is None else self._begin(self.last_slot)

    def next_at(self, now: datetime) -> datetime:
        """Return when it is due next."""
        return self._begin(int((now - datetime.fromtimestamp(0, UTC)) / self.every) + 1)

    def is_late(self, now: datetime) -> bool:
        """Tell whether it should have succeeded by now and has not."""
        since = self.last_success_at or (None if self.first_slot is None else self._begin(self.first_slot))
        return since is not None and now - since > PERIODS_LATE * self.every + GRACE

    def _begin(self, slot: int) -> datetime:
        return datetime.fromtimestamp(0, UTC) + slot * self.every


async def job_times(outbox: OutboxDao, registry: EventRegistry) -> list[JobTimes]:
    """Return the times of all jobs of this release."""
    slots = await outbox.slots([job.name for job in registry.schedule])
    return [
        JobTimes(job.name, job.every, slot.first, slot.last, slot.last_done_at, slot.waiting)
        for job in registry.schedule
        for slot in (slots[job.name],)
    ]
