"""Queries of the audit log."""

import re
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text

from capecontrol.core.dao import Dao
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.features.audit.models import AuditEvent

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: How many rows an export holds in memory at once.
EXPORT_CHUNK = 1000
# Each month is looked for by itself, so that only the default partition is: the others' bounds leave them out.
MONTHS_UNPLACED = """
select month::date from generate_series(
  date_trunc('month', (select min(occurred_at) from audit_events) at time zone 'UTC'),
  date_trunc('month', (select max(occurred_at) from audit_events) at time zone 'UTC'),
  interval '1 month'
) as month
where not exists (
  select from pg_class
  where relnamespace = 'partitions'::regnamespace and relname = 'audit_events_' || to_char(month, 'YYYY_MM')
) and (
  select true from audit_events
  where occurred_at >= month at time zone 'UTC' and occurred_at < (month + interval '1 month') at time zone 'UTC'
  limit 1
)
"""
HAS_NEXT_MONTH = """
select exists (
  select from pg_class where relnamespace = 'partitions'::regnamespace
    and relname = 'audit_events_' || to_char(now() at time zone 'UTC' + interval '1 month', 'YYYY_MM')
)
"""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What a reader looks for; every part narrows the answer.

    The log keeps ids of people, so a part of a name or an address comes with the ids of those who have it.
    """

    q: str | None = None
    actor: str | None = None
    action: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None
    outcome: str | None = None
    org_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    people_of_q: tuple[UUID, ...] = ()
    people_of_actor: tuple[UUID, ...] = ()

    @property
    def names_actor(self) -> bool:
        """Tell whether the actor is looked for by id, not by a part of a name."""
        return self.actor is not None and _ID.fullmatch(self.actor) is not None


class AuditDao(Dao[AuditEvent]):
    """Audit events within the scope."""

    model = AuditEvent

    async def search(self, wanted: AuditFilter, query: PageQuery) -> Slice[AuditEvent]:
        """Return a page of events, newest first."""
        return await self.page(self._filtered(wanted), query, by="occurred_at")

    async def stream(self, wanted: AuditFilter) -> AsyncIterator[AuditEvent]:
        """Yield all events of a filter, newest first, through a server-side cursor: constant memory."""
        statement = (
            self._filtered(wanted)
            .order_by(AuditEvent.occurred_at.desc(), AuditEvent.id.desc())
            .execution_options(yield_per=EXPORT_CHUNK)
        )
        async for row in await self.session.stream_scalars(statement):
            yield row

    async def make_partitions(self, months_ahead: int) -> int:
        """Make the partitions of this month and the next ones that are missing; return how many were."""
        made: int = (await self.session.execute(select(func.app.make_audit_partitions(months_ahead)))).scalar_one()
        return made

    async def months_unplaced(self) -> list[date]:
        """Return the months whose events lie in the default partition, for lack of their own."""
        return list((await self.session.execute(text(MONTHS_UNPLACED))).scalars())

    async def has_next_month(self) -> bool:
        """Tell whether the next month has its partition."""
        return bool((await self.session.execute(text(HAS_NEXT_MONTH))).scalar_one())

    async def place_events(self, month: date) -> None:
        """Make a month's partition, and move there what the default one holds of it.

        Readers whom the default partition concerns wait until the unit ends.
        """
        await self.session.execute(select(func.app.place_audit_events([month])))

    def _filtered(self, wanted: AuditFilter) -> Select[tuple[AuditEvent]]:
        statement = self.select()
        if wanted.q:
            statement = statement.where(
                AuditEvent.action.icontains(wanted.q, autoescape=True)
                | _is_by(wanted.q, wanted.people_of_q)
                | (AuditEvent.resource_id == wanted.q)
                | (AuditEvent.request_id == wanted.q)
            )
        if wanted.names_actor:
            statement = statement.where(AuditEvent.actor_id == wanted.actor)
        elif wanted.actor:
            statement = statement.where(
                (AuditEvent.actor_id == wanted.actor) | _is_by(wanted.actor, wanted.people_of_actor)
            )
        if wanted.action:
            statement = statement.where(AuditEvent.action.startswith(wanted.action, autoescape=True))
        for column, value in (
            (AuditEvent.resource_type, wanted.resource_type),
            (AuditEvent.resource_id, wanted.resource_id),
            (AuditEvent.outcome, wanted.outcome),
            (AuditEvent.org_id, wanted.org_id),
        ):
            if value is not None:
                statement = statement.where(column == value)
        if wanted.since:
            statement = statement.where(AuditEvent.occurred_at >= wanted.since)
        if wanted.until:
            statement = statement.where(AuditEvent.occurred_at < wanted.until)
        return statement


def _is_by(part: str, people: Collection[UUID]) -> ColumnElement[bool]:
    """Return the condition that an act is of one of these people, or that its label holds the text."""
    labelled = AuditEvent.actor_label.icontains(part, autoescape=True)
    return labelled | AuditEvent.actor_id.in_([str(one) for one in people]) if people else labelled
