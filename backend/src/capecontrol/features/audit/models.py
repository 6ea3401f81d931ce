"""The audit log: append-only, also for us (no role may update or delete, and a trigger refuses it)."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess


class AuditEvent(IdMixin, CreatedAt, Base):
    """One act. ``created_at`` is when it was written; ``occurred_at`` when it happened."""

    __tablename__ = "audit_events"
    __table_args__ = (
        CheckConstraint("outcome in ('SUCCESS', 'FAILURE', 'DENIED')", name="outcome"),
        Index("ix_audit_events_org_id_occurred_at", "org_id", "occurred_at", "id"),
        Index("ix_audit_events_occurred_at_id", "occurred_at", "id"),
        Index("ix_audit_events_resource", "resource_type", "resource_id", "occurred_at"),
        Index("ix_audit_events_actor_id_occurred_at", "actor_id", "occurred_at"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert", signin="insert", system="select insert")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    occurred_at: Mapped[datetime]
    actor_type: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(Text)
    actor_label: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    resource_type: Mapped[str] = mapped_column(Text)
    resource_id: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    ip_address: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, object]] = mapped_column("metadata", JSONB)
