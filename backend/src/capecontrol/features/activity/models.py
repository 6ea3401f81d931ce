"""Activity entries: written once, told as they were written."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.activity import Visibility
from capecontrol.core.actor import ActorType
from capecontrol.core.audit import Outcome
from capecontrol.core.db.base import Base, CreatedAt, IdMixin, OwnedByOrganization, TableAccess
from capecontrol.core.db.enum_text import EnumText


class ActivityEntry(IdMixin, OwnedByOrganization, CreatedAt, Base):
    """One thing that happened.

    ``subject`` is under what it is told (a project), ``resource`` what it is about (a proposal). ``id`` is that of the
    audit event of the same act, if there is one. ``folded`` is read with lists: of how many entries of its day it is
    the latest, itself among them, and how many of them failed; None of one whose kind is not folded. ``subject_title``
    is read where entries of several subjects stand together.
    """

    __tablename__ = "activity_entries"
    __table_args__ = (
        CheckConstraint("visibility in ('STAFF', 'CLIENT')", name="visibility"),
        CheckConstraint("outcome in ('SUCCESS', 'FAILURE')", name="outcome"),
        CheckConstraint("actor_type in ('USER', 'OPERATOR', 'APP', 'SYSTEM', 'ANONYMOUS')", name="actor_type"),
        # A client's timeline, the staff's; a client's dashboard, the staff's.
        Index("ix_activity_entries_org_id_subject", "org_id", "subject_type", "subject_id", "occurred_at", "id"),
        Index("ix_activity_entries_subject", "subject_type", "subject_id", "occurred_at", "id"),
        Index("ix_activity_entries_org_id_occurred_at_id", "org_id", "occurred_at", "id"),
        Index("ix_activity_entries_occurred_at_id", "occurred_at", "id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert", system="select insert")
    folded: ClassVar[Sequence[int] | None] = None
    subject_title: ClassVar[str | None] = None

    occurred_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(EnumText(Visibility))
    outcome: Mapped[Outcome] = mapped_column(EnumText(Outcome))
    actor_type: Mapped[ActorType] = mapped_column(EnumText(ActorType))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str | None] = mapped_column(Text)
    subject_type: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[uuid.UUID]
    resource_type: Mapped[str] = mapped_column(Text)
    resource_id: Mapped[uuid.UUID | None]
    data: Mapped[dict[str, object]] = mapped_column(JSONB)
