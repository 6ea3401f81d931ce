"""Queries of the audit log."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    text,
)

from capecontrol.core.actor import ActorType
from capecontrol.core.dao import Dao
from capecontrol.core.db.constant import constant
from capecontrol.core.db.text_search import begins_with, contains
from capecontrol.core.ids import id_in
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery, Slice
from capecontrol.core.permissions import Realm
from capecontrol.features.audit.addresses import spellings_of
from capecontrol.features.audit.dao.ids import is_id, uuid_in
from capecontrol.features.audit.dao.records import RECORD, names_record
from capecontrol.features.audit.filters import AuditFilter
from capecontrol.features.audit.models import AuditEvent
from capecontrol.features.audit.people import people_named
from capecontrol.features.identity.interface import person_email, person_name
from capecontrol.features.organizations.interface import organization_name

_ID_OF_Q = bindparam("id_of_q", type_=Uuid)
_SLASH, _EMPTY, _ACCOUNT = (literal_column(f"'{word}'", Text) for word in ("/", "", "user"))
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


class AuditDao(Dao[AuditEvent]):
    """Audit events within the scope."""

    model = AuditEvent

    async def search(self, wanted: AuditFilter, query: PageQuery) -> Slice[AuditEvent]:
        """Return a page of events."""
        return await EVENTS.page(self.work, query, **await self.values(wanted))

    async def values(self, wanted: AuditFilter) -> dict[str, object]:
        """Return the values of the list's filters.

        The log keeps ids of people, so a part of a name or an address comes with the ids of those who have it. An id is
        looked for by itself: where no text has to be read, indexes answer the most of it.
        """
        is_actor = wanted.actor is not None and is_id(wanted.actor)
        part_of_actor = None if is_actor else wanted.actor or None
        id_of_q = None if wanted.q is None else id_in(wanted.q)
        words = wanted.q if id_of_q is None else None
        return {
            "id": wanted.id,
            "q": words,
            "code_of_q": words,
            "id_of_q": id_of_q,
            "people_of_q": await people_named(self.work, words),
            "addresses_of_q": None if words is None else spellings_of(words),
            "actor_id": wanted.actor if is_actor else None,
            "actor": part_of_actor,
            "id_of_actor": part_of_actor,
            "people_of_actor": await people_named(self.work, part_of_actor),
            "action": wanted.action or None,
            "exclude_action": wanted.exclude_action or None,
            "resource_type": wanted.resource_type,
            "resource_id": wanted.resource_id,
            "outcome": wanted.outcome,
            "org_id": wanted.org_id,
            "since": wanted.since,
            "until": wanted.until,
        }

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


def _any_of(column: SQLColumnExpression[str | None], texts: str) -> ColumnElement[bool]:
    """Return the condition that a column is one of the texts of a parameter."""
    return column == any_(bindparam(texts, type_=ARRAY(Text)))


def _is_by(part: str, people: str) -> ColumnElement[bool]:
    """Return the condition that an act's label holds a text, or that it is of one of the people whose names do."""
    return contains(AuditEvent.actor_label, bindparam(part)) | _any_of(AuditEvent.actor_id, people)


def _is_code(code: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition that who acted, what was acted on or the request has this id, which may be any text."""
    return (AuditEvent.actor_id == code) | (AuditEvent.resource_id == code) | (AuditEvent.request_id == code)


def person_acting() -> ColumnElement[UUID | None]:
    """Return the id of the person who acted, if it is one. What apps send as an actor may be anything."""
    return uuid_in(AuditEvent.actor_id)


def _person_concerned() -> ColumnElement[UUID | None]:
    """Return the id of the person whose account was acted on, if it is one's."""
    return case((AuditEvent.resource_type == _ACCOUNT, uuid_in(AuditEvent.resource_id)))


EVENTS = PageRead(
    AuditEvent,
    by="occurred_at",
    besides={
        "person_name": person_name(person_acting()),
        "person_email": person_email(person_acting()),
        "subject_name": person_name(_person_concerned()),
        "subject_email": person_email(_person_concerned()),
        "organization": organization_name(AuditEvent.org_id),
        **RECORD,
    },
    searches=["q", "id_of_q", "actor", "action"],
    id=AuditEvent.id == bindparam("id", type_=Uuid),
    q=contains(AuditEvent.action, bindparam("q"))
    | _is_by("q", "people_of_q")
    | ((AuditEvent.resource_type == _ACCOUNT) & _any_of(AuditEvent.resource_id, "people_of_q"))
    | _any_of(AuditEvent.ip_address, "addresses_of_q")
    | _is_code(bindparam("code_of_q")),
    id_of_q=(AuditEvent.id == _ID_OF_Q)
    | (AuditEvent.org_id == _ID_OF_Q)
    | _is_code(cast(_ID_OF_Q, Text))
    | names_record(cast(_ID_OF_Q, Text)),
    actor_id=AuditEvent.actor_id == bindparam("actor_id"),
    actor=(AuditEvent.actor_id == bindparam("id_of_actor")) | _is_by("actor", "people_of_actor"),
    action=begins_with(AuditEvent.action, bindparam("action")),
    exclude_action=AuditEvent.action != bindparam("exclude_action"),
    resource_type=AuditEvent.resource_type == bindparam("resource_type"),
    resource_id=AuditEvent.resource_id == bindparam("resource_id"),
    outcome=AuditEvent.outcome == bindparam("outcome"),
    org_id=AuditEvent.org_id == bindparam("org_id", type_=Uuid),
    since=AuditEvent.occurred_at >= bindparam("since"),
    until=AuditEvent.occurred_at < bindparam("until"),
)


def actor_type_shown() -> ColumnElement[str]:
    """Return what kind of actor it was, as ``people.actor_type`` tells it."""
    is_staff = (AuditEvent.actor_type == constant(ActorType.USER)) & (AuditEvent.actor_realm == constant(Realm.ADMIN))
    return case((is_staff, constant(ActorType.OPERATOR)), else_=cast(AuditEvent.actor_type, Text))


def actor_shown(person: FromClause) -> ColumnElement[str]:
    """Return the name of who acted, as ``AuditEventOut`` tells it.

    Args:
        person: the people, joined by ``person_acting``.
    """
    names = (person.c.full_name, person.c.email, AuditEvent.actor_label, AuditEvent.actor_id)
    return func.coalesce(*(func.nullif(name, _EMPTY) for name in names), func.initcap(actor_type_shown()))


def resource_shown() -> ColumnElement[str]:
    """Return type and id of what was acted on."""
    return func.concat(
        AuditEvent.resource_type, _SLASH + func.nullif(AuditEvent.resource_id, literal_column("''", Text))
    )
