"""What other features may read of the audit log."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.pagination import PageQuery, Slice
from capecontrol.core.work import UnitOfWork
from capecontrol.features.audit.dao import AuditDao
from capecontrol.features.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One event, for a timeline."""

    id: uuid.UUID
    occurred_at: datetime
    actor_type: str
    actor_label: str
    action: str
    resource_type: str
    resource_id: str | None
    outcome: str
    org_id: uuid.UUID | None
    details: Mapping[str, object]

    @classmethod
    def of(cls, row: AuditEvent) -> "ActivityFacts":
        """Return the facts of a row."""
        return cls(
            row.id, row.occurred_at, row.actor_type, row.actor_label, row.action, row.resource_type, row.resource_id,
            row.outcome, row.org_id, row.details,
        )  # fmt: skip


async def activity_of(
    work: UnitOfWork, resource_type: str, resource_id: uuid.UUID, query: PageQuery, *, actions: tuple[str, ...] = ()
) -> Slice[ActivityFacts]:
    """Return what happened to a thing, newest first: events about it, and those whose metadata names it as parent.

    The parent is named by the key ``<resource_type>_id`` of an event's metadata, such as ``project_id``. With
    ``actions``, only these.
    """
    page = await AuditDao(work).of_resource(resource_type, str(resource_id), query, actions=actions)
    return Slice(
        rows=[ActivityFacts.of(row) for row in page.rows],
        next_cursor=page.next_cursor,
        total=page.total,
        total_capped=page.total_capped,
        page=page.page,
        pages=page.pages,
    )


async def latest_activity(work: UnitOfWork, limit: int, *, actions: tuple[str, ...] = ()) -> list[ActivityFacts]:
    """Return the newest successful events of the scope, optionally of certain actions only."""
    dao = AuditDao(work)
    statement = dao.select().where(AuditEvent.outcome == "SUCCESS")
    if actions:
        statement = statement.where(AuditEvent.action.in_(actions))
    rows = await dao.all(statement.order_by(AuditEvent.occurred_at.desc(), AuditEvent.id.desc()).limit(limit))
    return [ActivityFacts.of(row) for row in rows]
