"""The leaderless schedule: any number of schedulers, each slot claimed once by primary key, on the database's clock."""

from typing import ClassVar

from sqlalchemy import BigInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.routes import SlotDue
from capecontrol.core.work import Actor, Foundation

#: Missed slots beyond this many are dropped: after a night's outage nobody wants a thousand sweeps.
CATCH_UP_SLOTS = 3

CLAIM = """
with moment as (select floor(extract(epoch from now()) / :period)::bigint as slot)
insert into schedule_slots (job, slot)
select :job, s from moment, generate_series(
  greatest(
    coalesce((select max(slot) + 1 from schedule_slots where job = :job), moment.slot),
    moment.slot - :catch_up + 1
  ),
  moment.slot
) as s
on conflict do nothing returning slot
"""


class ScheduleSlot(Base):
    """One slot of one job, claimed. ``slot`` counts periods since the epoch."""

    __tablename__ = "schedule_slots"
    access: ClassVar[TableAccess] = TableAccess()

    job: Mapped[str] = mapped_column(Text, primary_key=True)
    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class Schedule:
    """Claims due slots and puts each into the outbox, in one transaction."""

    def __init__(self, foundation: Foundation) -> None:
        """Take the jobs from the foundation's routes."""
        self._foundation = foundation

    async def tick(self) -> int:
        """Claim every slot that is due and unclaimed; return how many this scheduler got."""
        claimed = 0
        for job in self._foundation.routes.schedule:
            async with self._foundation.unit(Actor.system("schedule"), PlatformScope("schedule: claim a slot")) as work:
                period = job.every.total_seconds()
                slots = (
                    await work.session.execute(
                        text(CLAIM),
                        {"job": job.name, "period": period, "catch_up": CATCH_UP_SLOTS},
                    )
                ).scalars()
                for slot in sorted(slots):
                    event = SlotDue(slot=slot)
                    work.session.add(
                        OutboxMessage(
                            topic=event.topic,
                            consumer=job.name,
                            payload=event.model_dump(mode="json"),
                            created_at=work.now(),
                        )
                    )
                    claimed += 1
        return claimed
