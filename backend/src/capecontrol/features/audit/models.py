"""The audit log: append-only, also for us (no role may update or delete, and a trigger refuses it)."""

import uuid
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.actor import ActorType
from capecontrol.core.audit import Outcome
from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.transaction_id import TransactionId
from capecontrol.core.permissions import Realm


class AuditEvent(IdMixin, CreatedAt, Base):
    """One act. ``created_at`` is when it was written; ``occurred_at`` when it happened.

    Partitioned by the month in which it happened. ``actor_label`` is the reason of a system's act; of a person only the
    id is kept (rows of release 0.1.0 hold the address). ``actor_type`` is USER of staff, too, and ``actor_realm`` tells
    them from an organization's people: ``people.actor_type`` reads both. ``app_id`` and ``producer_id`` are for events
    that apps send. ``person_name``, ``person_email``, ``subject_name``, ``subject_email`` and ``organization`` are
    read with lists: whose names the ids are today, None where they are nobody's. So are ``record_kind``, ``record_id``,
    ``record_code`` and ``record_title``: of the project, proposal or invoice that it is about, whose code is None when
    it is gone.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        PrimaryKeyConstraint("id", "occurred_at"),
        CheckConstraint("outcome in ('SUCCESS', 'FAILURE', 'DENIED')", name="outcome"),
        CheckConstraint("actor_type in ('USER', 'OPERATOR', 'APP', 'SYSTEM', 'ANONYMOUS')", name="actor_type"),
        CheckConstraint("actor_realm in ('ADMIN', 'CLIENT')", name="actor_realm"),
        Index("ix_audit_events_org_id_occurred_at", "org_id", "occurred_at", "id"),
        Index("ix_audit_events_occurred_at_id", "occurred_at", "id"),
        Index("ix_audit_events_resource", "resource_type", "resource_id", "occurred_at"),
        Index("ix_audit_events_actor_id_occurred_at", "actor_id", "occurred_at"),
        # Actions are asked for by their beginning.
        Index(
            "ix_audit_events_action_occurred_at",
            "action",
            "occurred_at",
            postgresql_ops={"action": "text_pattern_ops"},
        ),
        Index("ix_audit_events_refused", "outcome", "occurred_at", "id", postgresql_where=text("outcome <> 'SUCCESS'")),
        {"postgresql_partition_by": "RANGE (occurred_at)"},
    )
    # The sign-in role may insert and not read, so nothing is asked back.
    __mapper_args__ = MappingProxyType({"eager_defaults": False})
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert", signin="insert", system="select insert")
    person_name: ClassVar[str | None] = None
    person_email: ClassVar[str | None] = None
    subject_name: ClassVar[str | None] = None
    subject_email: ClassVar[str | None] = None
    organization: ClassVar[str | None] = None
    record_kind: ClassVar[str | None] = None
    record_id: ClassVar[uuid.UUID | None] = None
    record_code: ClassVar[str | None] = None
    record_title: ClassVar[str | None] = None

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    occurred_at: Mapped[datetime] = mapped_column(primary_key=True)
    actor_type: Mapped[ActorType] = mapped_column(EnumText(ActorType))
    actor_id: Mapped[str | None] = mapped_column(Text)
    actor_label: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    resource_type: Mapped[str] = mapped_column(Text)
    resource_id: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[Outcome] = mapped_column(EnumText(Outcome))
    ip_address: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(Text)
    app_id: Mapped[uuid.UUID | None]
    producer_id: Mapped[str | None] = mapped_column(Text)
    transaction_id: Mapped[int] = mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
    details: Mapped[dict[str, object]] = mapped_column("metadata", JSONB)
    actor_realm: Mapped[Realm | None] = mapped_column(EnumText(Realm))
