"""Queries of the outbox for people: what waits, what is dead, and how it goes on."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, text, update

from capecontrol.core.dao import Dao
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.outbox.dead_letter_filter import DeadLetterFilter
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.notify import CHANNEL

LANES = """
select lane,
  count(*) as open,
  count(*) filter (where available_at <= now()) as due,
  count(*) filter (where lease_until > now()) as under_way,
  -- A lease that ran out is a killed worker's: its message waits again.
  extract(
    epoch from now() - min(available_at) filter (
      where available_at <= now() and (lease_until is null or lease_until < now())
    )
  )::float8 as lag_seconds,
  count(*) filter (where last_error is not null) as failing,
  extract(epoch from now() - min(created_at) filter (where last_error is not null))::float8 as failing_seconds
from outbox where done_at is null and dead_at is null group by lane order by lane
"""
#: What makes a message one that failed, and is tried again.
IS_RETRIED: tuple[ColumnElement[bool], ...] = (
    OutboxMessage.done_at.is_(None),
    OutboxMessage.dead_at.is_(None),
    OutboxMessage.last_error.is_not(None),
)
#: What makes a message a dead letter.
IS_DEAD: tuple[ColumnElement[bool], ...] = (OutboxMessage.dead_at.is_not(None), OutboxMessage.done_at.is_(None))
# By job, so that each is one step into an index.
SLOTS = """
select job.name,
  (select min(slot) from schedule_slots where schedule_slots.job = job.name) as first,
  (select max(slot) from schedule_slots where schedule_slots.job = job.name) as last,
  (select max(done_at) from outbox where topic = 'schedule.slot_due.v1' and consumer = job.name) as last_done_at,
  (
    select count(*) from outbox
    where topic = 'schedule.slot_due.v1' and consumer = job.name and done_at is null and dead_at is null
  ) as waiting
from unnest(cast(:names as text[])) as job (name)
"""


class MessageState(StrEnum):
    """Where a message stands."""

    #: Neither done nor dead.
    OPEN = "open"
    #: Open, and its time has come.
    DUE = "due"
    #: Given up: nobody delivers it until somebody revives it.
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class LaneDepth:
    """What waits in a lane.

    ``lag_seconds`` is for how long the oldest message has been due without being taken. Between two attempts a message
    is not due: ``failing`` counts those that failed and are tried again, and ``failing_seconds`` is the age of the
    oldest of them.
    """

    lane: str
    open: int
    due: int
    under_way: int
    lag_seconds: float
    failing: int
    failing_seconds: float


@dataclass(frozen=True, slots=True)
class SlotsOfJob:
    """What is known of a job's slots. ``first`` and ``last`` are the oldest and the newest that are kept."""

    first: int | None
    last: int | None
    last_done_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class RevivedMessage:
    """A dead letter that is due again."""

    id: uuid.UUID
    consumer: str
    topic: str
    org_id: uuid.UUID | None


class OutboxDao(Dao[OutboxMessage]):
    """The outbox, within a scope."""

    model = OutboxMessage

    def listing(self, state: MessageState | None, consumer: str | None) -> Select[tuple[OutboxMessage]]:
        """Return the statement for messages in a state, of a consumer; by default all that are not done."""
        statement = self.select().where(OutboxMessage.done_at.is_(None))
        if state is MessageState.DEAD:
            statement = statement.where(OutboxMessage.dead_at.is_not(None))
        elif state is not None:
            statement = statement.where(OutboxMessage.dead_at.is_(None))
        if state is MessageState.DUE:
            statement = statement.where(OutboxMessage.available_at <= func.now())
        return statement if consumer is None else statement.where(OutboxMessage.consumer == consumer)

    async def newest(self, state: MessageState | None, consumer: str | None, limit: int) -> list[OutboxMessage]:
        """Return messages in a state, of a consumer, newest first."""
        return await self.all(self.listing(state, consumer).order_by(OutboxMessage.id.desc()).limit(limit))

    async def dead_letters(self, wanted: DeadLetterFilter, query: PageQuery) -> Slice[OutboxMessage]:
        """Return a page of dead letters."""
        return await DEAD_LETTERS.page(self.work, query, **wanted.values())

    async def note_seen(self, letters: Iterable[OutboxMessage]) -> None:
        """Note that a person sees dead letters: only of those that somebody knows of may be forgotten."""
        if unseen := [letter.id for letter in letters if letter.seen_at is None]:
            statement = update(OutboxMessage).where(*self.owned(), *IS_DEAD, OutboxMessage.id.in_(unseen))
            await self.session.execute(
                statement.values(seen_at=func.now()).execution_options(synchronize_session=False)
            )

    async def forget_seen(self, keep: timedelta, limit: int) -> int:
        """Delete dead letters that somebody saw longer ago; return how many. By the database's clock.

        Those about money stay until they are tried again: to have seen that a payment was not settled settles nothing.
        """
        is_old = OutboxMessage.seen_at < func.now() - keep
        return await self.delete_first(
            *IS_DEAD, is_old, OutboxMessage.lane != Lane.MONEY, by=OutboxMessage.seen_at, limit=limit
        )

    async def dead_letter_ids(self, wanted: DeadLetterFilter, limit: int) -> list[uuid.UUID]:
        """Return the ids of the first dead letters of a search."""
        return await DEAD_LETTERS.ids(self.work, limit, **wanted.values())

    async def now(self) -> datetime:
        """Return the database's time, by which messages die."""
        moment: datetime = (await self.session.execute(select(func.now()))).scalar_one()
        return moment

    async def dead_count(self) -> int:
        """Return how many dead letters there are."""
        statement = select(func.count()).select_from(OutboxMessage).where(*self.owned(), *IS_DEAD)
        return int((await self.session.execute(statement)).scalar_one())

    async def retried(self, limit: int) -> list[OutboxMessage]:
        """Return messages that failed and are tried again, the oldest first."""
        oldest = self.select().where(*IS_RETRIED).order_by(OutboxMessage.created_at, OutboxMessage.id).limit(limit)
        return await self.all(oldest)

    async def lanes(self) -> list[LaneDepth]:
        """Return what waits in each lane that has something waiting."""
        rows = (await self.session.execute(text(LANES))).all()
        return [
            LaneDepth(
                lane=row.lane,
                open=int(row.open),
                due=int(row.due),
                under_way=int(row.under_way),
                lag_seconds=float(row.lag_seconds or 0),
                failing=int(row.failing),
                # The age is counted from the clock of a process, which may be ahead of the database's.
                failing_seconds=max(float(row.failing_seconds or 0), 0.0),
            )
            for row in rows
        ]

    async def slots(self, jobs: Sequence[str]) -> dict[str, SlotsOfJob]:
        """Return what is known of the slots of jobs, by name."""
        rows = (await self.session.execute(text(SLOTS), {"names": list(jobs)})).all()
        return {row.name: SlotsOfJob(row.first, row.last, row.last_done_at, int(row.waiting)) for row in rows}

    async def revive(self, ids: Sequence[uuid.UUID]) -> list[RevivedMessage]:
        """Make dead letters due again with all their attempts before them, and wake the relay when this commits.

        Those that are not dead are left alone: of two who revive the same letter, one gets it.
        """
        statement = (
            update(OutboxMessage)
            .where(*self.owned(), *IS_DEAD, OutboxMessage.id.in_(ids))
            .values(dead_at=None, seen_at=None, attempts=0, available_at=func.now(), enqueued_at=None, lease_until=None)
            .execution_options(synchronize_session=False)
            .returning(OutboxMessage.id, OutboxMessage.consumer, OutboxMessage.topic, OutboxMessage.org_id)
        )
        revived = [RevivedMessage(*row) for row in (await self.session.execute(statement)).all()]
        if revived:
            await self._wake_relay()
        return revived

    async def hasten(self, identifier: uuid.UUID) -> bool:
        """Make a message due now that waits for its next try; tell whether it did. Its attempts are counted on.

        One that is being delivered at this moment is left alone: its outcome decides when it is due.
        """
        statement = (
            update(OutboxMessage)
            .where(*self.owned(), *IS_RETRIED, OutboxMessage.id == identifier, OutboxMessage.available_at > func.now())
            .where(or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until < func.now()))
            .values(available_at=func.now(), enqueued_at=None)
            .execution_options(synchronize_session=False)
            .returning(OutboxMessage.id)
        )
        hastened = (await self.session.execute(statement)).first() is not None
        if hastened:
            await self._wake_relay()
        return hastened

    async def _wake_relay(self) -> None:
        await self.session.execute(text("select pg_notify(:channel, '')"), {"channel": CHANNEL})

    async def state_of(self, identifier: uuid.UUID) -> MessageState | None:
        """Return where a message stands: DEAD, OPEN, or None when it is done or forgotten."""
        statement = self.select().where(OutboxMessage.id == identifier, OutboxMessage.done_at.is_(None))
        row = await self.one(statement)
        if row is None:
            return None
        return MessageState.OPEN if row.dead_at is None else MessageState.DEAD

    async def withdraw(self, consumers: Sequence[str], part: Mapping[str, object]) -> int:
        """Mark messages to consumers as done that nobody needs any more; return how many.

        Dead ones as well, so that nobody revives them. One that is being delivered at this moment may still go out.

        Args:
            consumers: whose messages.
            part: what their payload holds.
        """
        # Worded as the indexes are: what is open, and what is dead.
        is_open = and_(OutboxMessage.done_at.is_(None), OutboxMessage.dead_at.is_(None))
        statement = (
            update(OutboxMessage)
            .where(
                *self.owned(),
                or_(is_open, and_(*IS_DEAD)),
                OutboxMessage.consumer.in_(consumers),
                OutboxMessage.payload.contains(part),
            )
            .values(dead_at=None, done_at=func.now())
            .execution_options(synchronize_session=False)
            .returning(OutboxMessage.id)
        )
        return len((await self.session.execute(statement)).all())

    async def dead_ids(self, consumer: str | None, limit: int, *, until: datetime) -> list[uuid.UUID]:
        """Return the ids of dead letters of a consumer, or of all, that died before a moment; oldest first."""
        statement = self.listing(MessageState.DEAD, consumer).where(OutboxMessage.dead_at < until)
        ids = statement.with_only_columns(OutboxMessage.id).order_by(OutboxMessage.dead_at).limit(limit)
        return list((await self.session.execute(ids)).scalars())


DEAD_LETTERS = PageRead(
    OutboxMessage,
    *IS_DEAD,
    by="dead_at",
    sorts={"created_at": OutboxMessage.created_at},
    consumer=OutboxMessage.consumer == bindparam("consumer"),
)
