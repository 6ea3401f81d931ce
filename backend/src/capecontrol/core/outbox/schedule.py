"""The leaderless schedule: any number of schedulers, each slot claimed once by primary key, on the database's clock."""

from typing import ClassVar

import structlog
from sqlalchemy import BigInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.actor import Actor
from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.metrics import SCHEDULE_LAST_TICK, SCHEDULE_SLOTS
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import EventRegistry, SlotDue
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

log = structlog.get_logger("schedule")

#: Missed slots beyond this many are dropped: after a night's outage nobody wants a thousand sweeps. For the same reason
#: a job that cannot keep up, or fails, has at most so many slots waiting.
CATCH_UP_SLOTS = 3

# In the order of the names, so that two schedulers never wait for each other in a circle.
CLAIM = """
with jobs as (
  select name, floor(extract(epoch from now())::float8 / period)::bigint as slot
  from unnest(cast(:names as text[]), cast(:periods as float8[])) as job (name, period)
), last as (
  select name, slot, (select max(s.slot) from schedule_slots s where s.job = name) as claimed from jobs
)
insert into schedule_slots (job, slot)
select name, due from last, generate_series(greatest(coalesce(claimed + 1, slot), slot - :catch_up + 1), slot) as due
order by name, due
on conflict do nothing returning job, slot
"""
# A database's clock that was ahead for a while left these behind: no slot would come until it is that late again. One
# slot ahead may be honest, when the clock is set back by a moment.
FORGET_FUTURE = """
delete from schedule_slots s
using unnest(cast(:names as text[]), cast(:periods as float8[])) as job (name, period)
where s.job = job.name and s.slot > floor(extract(epoch from now())::float8 / job.period)::bigint + 1
returning s.job
"""
# Nothing of ours waits longer than the longest back-off, a day and a fifth; and no mark or lease lies ahead by hours.
BRING_BACK = """
update outbox set available_at = least(available_at, now()), enqueued_at = null, lease_until = null
where done_at is null and dead_at is null and (
  available_at > now() + interval '2 days' or enqueued_at > now() + interval '1 hour'
  or lease_until > now() + interval '1 hour'
) returning id
"""
WAITING = """
select consumer, count(*) as messages from outbox
where done_at is null and dead_at is null and consumer = any(cast(:names as text[])) group by consumer
"""


class ScheduleSlot(Base):
    """One slot of one job, claimed. ``slot`` counts periods since the epoch."""

    __tablename__ = "schedule_slots"
    access: ClassVar[TableAccess] = TableAccess()

    job: Mapped[str] = mapped_column(Text, primary_key=True)
    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class Schedule:
    """Claims due slots and puts each into the outbox, in one transaction."""

    def __init__(self, factory: UnitOfWorkFactory, registry: EventRegistry) -> None:
        """Take the jobs from the registry."""
        self._factory = factory
        self._registry = registry
        self._jobs: dict[str, object] = {
            "names": [job.name for job in registry.schedule],
            "periods": [job.every.total_seconds() for job in registry.schedule],
        }

    async def tick(self) -> int:
        """Claim every slot that is due and unclaimed; return how many this scheduler put into the outbox."""
        put = await self._claim() if self._jobs["names"] else 0
        SCHEDULE_LAST_TICK.set_to_current_time()
        return put

    async def _claim(self) -> int:
        async with self._factory.unit(Actor.system("schedule"), PlatformScope("schedule: claim slots")) as work:
            await self._forget_future(work)
            claimed = await work.session.execute(text(CLAIM), self._jobs | {"catch_up": CATCH_UP_SLOTS})
            slots = sorted((row.job, row.slot) for row in claimed)
            return await self._put(work, slots) if slots else 0

    async def _forget_future(self, work: UnitOfWork) -> None:
        forgotten = (await work.session.execute(text(FORGET_FUTURE), self._jobs)).all()
        if not forgotten:
            return
        brought_back = (await work.session.execute(text(BRING_BACK))).all()
        log.warning(
            "schedule.clock_was_ahead",
            jobs=sorted({row.job for row in forgotten}),
            slots=len(forgotten),
            messages=len(brought_back),
        )

    async def _put(self, work: UnitOfWork, slots: list[tuple[str, int]]) -> int:
        counted = await work.session.execute(text(WAITING), {"names": sorted({job for job, _ in slots})})
        waiting = {row.consumer: int(row.messages) for row in counted}
        put = 0
        for job, slot in slots:
            if waiting.get(job, 0) >= CATCH_UP_SLOTS:
                continue
            waiting[job] = waiting.get(job, 0) + 1
            event = SlotDue(slot=slot)
            work.session.add(
                OutboxMessage(
                    topic=event.topic,
                    consumer=job,
                    lane=self._registry.lane(job),
                    payload=event.model_dump(mode="json"),
                    created_at=work.now(),
                )
            )
            SCHEDULE_SLOTS.labels(job).inc()
            put += 1
        return put
