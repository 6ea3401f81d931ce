"""Writes audit events, in the unit of work that they tell about."""

from capecontrol.core.work import AuditEntry, Work
from capecontrol.features.audit.models import AuditEvent


class DatabaseAuditSink:
    """The audit log in PostgreSQL. When it cannot be written, the act that it tells about is undone too."""

    async def write(self, work: Work, entry: AuditEntry) -> None:
        """Add an event to the unit's transaction."""
        now, actor = work.now(), work.actor
        work.session.add(
            AuditEvent(
                org_id=entry.org_id,
                occurred_at=now,
                created_at=now,
                actor_type=actor.kind,
                actor_id=str(actor.id) if actor.id else None,
                actor_label=actor.label,
                action=entry.action,
                resource_type=entry.resource_type,
                resource_id=entry.resource_id,
                outcome=entry.outcome,
                ip_address=work.facts.ip_address,
                request_id=work.facts.request_id or None,
                details=dict(entry.metadata),
            )
        )
        await work.session.flush()
