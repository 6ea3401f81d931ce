"""The table of files that are stored before their record is written."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess


class Upload(IdMixin, CreatedAt, Base):
    """A file in the storage. ``org_id`` is null where it is the platform's.

    ``recorded_at`` is null until a record names the file: before, nobody is shown it. ``kept_until`` is null as long as
    one does; else it is swept from that moment on. ``removing_at`` is when a sweep took it: it comes back no more.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        Index("uq_uploads_storage_key", "storage_key", unique=True),
        Index("ix_uploads_org_id_created_at", "org_id", "created_at"),
        # What the sweep looks for.
        Index("ix_uploads_kept_until", "kept_until", postgresql_where=text("kept_until is not null")),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    storage_key: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    #: Of a picture, in pixels.
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    recorded_at: Mapped[datetime | None]
    kept_until: Mapped[datetime | None]
    removing_at: Mapped[datetime | None]
