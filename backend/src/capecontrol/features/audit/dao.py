"""Queries of the audit log."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, any_, bindparam, func, select, text

from capecontrol.core.dao import Dao
from capecontrol.core.db.text_search import begins_with, contains
from capecontrol.core.page_read import PageRead
from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.features.audit.models import AuditEvent

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Each month is looked for by itself, so that only the default partition is: the others' bounds leave them out. A table
# that was made and not attached yet is no partition: what was interrupted between the two goes on.
MONTHS_UNPLACED = """
select month::date from generate_series(
  date_trunc('month', (select min(occurred_at) from audit_events) at time zone 'UTC'),
  date_trunc('month', (select max(occurred_at) from audit_events) at time zone 'UTC'),
  interval '1 month'
) as month
where not exists (
  select from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'audit_events'::regclass and relname = 'audit_events_' || to_char(month, 'YYYY_MM')
) and (
  select true from audit_events
  where occurred_at >= month at time zone 'UTC' and occurred_at < (month + interval '1 month') at time zone 'UTC'
  limit 1
)
"""
HAS_NEXT_MONTH = """
select exists (
  select from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'audit_events'::regclass
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
        return await _EVENTS.page(self.work, query, **_wanted(wanted))

    def stream(self, wanted: AuditFilter) -> AsyncIterator[AuditEvent]:
        """Yield all events of a filter, newest first, in constant memory."""
        return _EVENTS.stream(self.work, **_wanted(wanted))

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
        """Make the table of a month's partition, or, when it is there, move what the default one holds and attach it.

        Two units, each with a call: the first holds up changes of organizations, and is over at once; the second holds
        up readers whom the default partition concerns.
        """
        await self.session.execute(select(func.app.place_audit_events([month])))


def _wanted(wanted: AuditFilter) -> dict[str, object]:
    """Return the values of the list's filters."""
    return {
        "q": wanted.q or None,
        "id_of_q": wanted.q or None,
        "people_of_q": list(map(str, wanted.people_of_q)) if wanted.q else None,
        "actor_id": wanted.actor if wanted.names_actor else None,
        "actor": None if wanted.names_actor else wanted.actor or None,
        "id_of_actor": None if wanted.names_actor else wanted.actor or None,
        "people_of_actor": list(map(str, wanted.people_of_actor)) if wanted.actor and not wanted.names_actor else None,
        "action": wanted.action or None,
        "resource_type": wanted.resource_type,
        "resource_id": wanted.resource_id,
        "outcome": wanted.outcome,
        "org_id": wanted.org_id,
        "since": wanted.since,
        "until": wanted.until,
    }


def _is_by(part: str, people: str) -> ColumnElement[bool]:
    """Return the condition that an act's label holds a text, or that it is of one of the people whose names do."""
    ids = bindparam(people, type_=ARRAY(Text))
    return contains(AuditEvent.actor_label, bindparam(part)) | (AuditEvent.actor_id == any_(ids))


_EVENTS = PageRead(
    AuditEvent,
    by="occurred_at",
    searches=["q", "actor", "action"],
    q=contains(AuditEvent.action, bindparam("q"))
    | _is_by("q", "people_of_q")
    | (AuditEvent.resource_id == bindparam("id_of_q"))
    | (AuditEvent.request_id == bindparam("id_of_q")),
    actor_id=AuditEvent.actor_id == bindparam("actor_id"),
    actor=(AuditEvent.actor_id == bindparam("id_of_actor")) | _is_by("actor", "people_of_actor"),
    action=begins_with(AuditEvent.action, bindparam("action")),
    resource_type=AuditEvent.resource_type == bindparam("resource_type"),
    resource_id=AuditEvent.resource_id == bindparam("resource_id"),
    outcome=AuditEvent.outcome == bindparam("outcome"),
    org_id=AuditEvent.org_id == bindparam("org_id"),
    since=AuditEvent.occurred_at >= bindparam("since"),
    until=AuditEvent.occurred_at < bindparam("until"),
)
