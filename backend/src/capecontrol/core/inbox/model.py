"""The table of inbound webhooks, one for all providers."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess


class InboundEvent(IdMixin, CreatedAt, Base):
    """A webhook as it came. ``created_at`` is when we took it in, ``occurred_at`` what the provider says.

    ``payload`` is the raw body, byte for byte: what was signed; sealed where ``is_sealed`` says so.
    It may hold people's data, so the job ``core.forget_inbound_payloads`` empties it (None); the row itself stays, for
    its key recognizes a repetition.

    ``org_id`` is None where only the object that the webhook hints at tells whose it is.
    """

    __tablename__ = "inbound_events"
    __table_args__ = (
        Index("uq_inbound_events_provider_external_id", "provider", "external_id", unique=True),
        Index("ix_inbound_events_org_id_created_at", "org_id", "created_at"),
        # What the job looks for: bodies that are still kept.
        Index("ix_inbound_events_handled_at", "handled_at", postgresql_where=text("payload is not null")),
        # An entry of the unique index must fit into a third of a page.
        CheckConstraint("char_length(external_id) between 1 and 300", name="external_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    provider: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    occurred_at: Mapped[datetime | None]
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_sealed: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    handled_at: Mapped[datetime | None]
