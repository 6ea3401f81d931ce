"""Writes audit events, in the unit of work that they tell about."""

from capecontrol.core.actor import ActorType
from capecontrol.core.audit import AuditEntry
from capecontrol.core.db.transaction import Transaction
from capecontrol.features.audit.models import AuditEvent


class DatabaseAuditSink:
    """The audit log in PostgreSQL. When it cannot be written, the act that it tells about is undone too."""

    async def write(self, transaction: Transaction, entry: AuditEntry) -> None:
        """Add an event to the unit's transaction, as one of its last rows."""
        actor, origin = entry.actor, entry.origin
        transaction.insert_last(
            AuditEvent(
                id=entry.id,
                org_id=entry.org_id,
                occurred_at=entry.occurred_at,
                created_at=entry.occurred_at,
                actor_type=ActorType.USER if actor.is_person else actor.kind,
                actor_realm=actor.realm,
                actor_id=str(actor.id) if actor.id else None,
                actor_label=actor.label,
                action=entry.action,
                resource_type=entry.resource_type,
                resource_id=entry.resource_id,
                outcome=entry.outcome,
                ip_address=origin.ip_address,
                request_id=origin.request_id or None,
                app_id=actor.key.app_id if actor.key else None,
                details=dict(entry.metadata),
            )
        )
