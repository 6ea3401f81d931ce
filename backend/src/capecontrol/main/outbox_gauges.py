"""Looks at the outbox for the metrics: one scheduler's look is as good as another's."""

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.metrics import (
    OUTBOX_DEAD,
    OUTBOX_DUE,
    OUTBOX_FAILING,
    OUTBOX_FAILING_AGE,
    OUTBOX_LAG,
    OUTBOX_LAST_LOOK,
    OUTBOX_OPEN,
    QUEUE_DEPTH,
    SCHEDULE_LATE,
)
from capecontrol.core.outbox.dao import OutboxDao
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.system.ports import Queues
from capecontrol.features.system.timetable import job_times

#: How often a scheduler looks.
LOOK_SECONDS = 10.0
REASON = "metrics: look at the outbox"


class OutboxGauges:
    """Keeps the gauges of the outbox, its queues and the schedule true."""

    def __init__(self, factory: UnitOfWorkFactory, registry: EventRegistry, queues: Queues) -> None:
        """Take what to look at."""
        self._factory, self._registry, self._queues = factory, registry, queues
        self._lanes = set(map(str, Lane))

    async def look(self) -> None:
        """Look once.

        Raises:
            Exception: the database cannot be reached.
        """
        async with self._factory.unit(Actor.system(REASON), PlatformScope(REASON)) as work:
            outbox = OutboxDao(work)
            now, dead = await outbox.now(), await outbox.dead_count()
            depths = {depth.lane: depth for depth in await outbox.lanes()}
            jobs = await job_times(outbox, self._registry)
        OUTBOX_DEAD.set(dead)
        # A lane of another release that was seen once is told as empty, and not as it was.
        self._lanes |= depths.keys()
        for lane in self._lanes:
            depth = depths.get(lane)
            OUTBOX_OPEN.labels(lane).set(depth.open if depth else 0)
            OUTBOX_DUE.labels(lane).set(depth.due if depth else 0)
            OUTBOX_LAG.labels(lane).set(depth.lag_seconds if depth else 0)
            OUTBOX_FAILING.labels(lane).set(depth.failing if depth else 0)
            OUTBOX_FAILING_AGE.labels(lane).set(depth.failing_seconds if depth else 0)
        for lane, waiting in (await self._queues.depths() or {}).items():
            QUEUE_DEPTH.labels(lane).set(waiting)
        for job in jobs:
            SCHEDULE_LATE.labels(job.name).set(job.is_late(now))
        OUTBOX_LAST_LOOK.set_to_current_time()
