"""The outbox table: one row for each (event, consumer)."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess


class OutboxMessage(IdMixin, CreatedAt, Base):
    """An announcement on its way to one consumer.

    All times but ``created_at`` are the database's: leases and back-off must not depend on the clocks of processes.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        # For the release before this one, whose relay knows no lanes.
        Index("ix_outbox_due", "available_at", postgresql_where=text("done_at is null and dead_at is null")),
        Index("ix_outbox_lane", "lane", "available_at", postgresql_where=text("done_at is null and dead_at is null")),
        Index("ix_outbox_slots", "consumer", "done_at", postgresql_where=text("topic = 'schedule.slot_due.v1'")),
        # Dead letters that somebody has seen are deleted by the time of that.
        Index("ix_outbox_seen", "seen_at", postgresql_where=text("seen_at is not null")),
        Index("ix_outbox_dead", "dead_at", postgresql_where=text("dead_at is not null")),
        Index("ix_outbox_org_id", "org_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select insert")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    topic: Mapped[str] = mapped_column(Text)
    consumer: Mapped[str] = mapped_column(Text)
    lane: Mapped[str] = mapped_column(Text, server_default=text("'default'"))
    payload: Mapped[dict[str, object]] = mapped_column(JSONB)
    request_id: Mapped[str | None] = mapped_column(Text)
    available_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    enqueued_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[uuid.UUID | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    last_error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    #: When a person saw the dead letter for the first time.
    seen_at: Mapped[datetime | None]
