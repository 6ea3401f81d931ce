"""The evidence of migrations: who changed the schema, when, from what to what, and on whose approval."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, IdMixin, TableAccess


class MigrationEvidence(IdMixin, Base):
    """One step of the schema's history, written in the transaction of the step itself.

    Kept when a step is undone: going down is a step too. Nothing may change a row.
    """

    __tablename__ = "migration_evidence"
    access: ClassVar[TableAccess] = TableAccess(system="select insert")

    migrated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    actor: Mapped[str] = mapped_column(Text)
    environment: Mapped[str] = mapped_column(Text)
    from_revision: Mapped[str | None] = mapped_column(Text)
    to_revision: Mapped[str | None] = mapped_column(Text)
    approval: Mapped[str | None] = mapped_column(Text)
