"""The tables of bulk operations: how far each is, and what it still has to do."""

import uuid
from datetime import datetime
from typing import ClassVar, NotRequired, TypedDict

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess
from capecontrol.core.db.enum_text import EnumText
from capecontrol.features.bulk_operations.lifecycle import BulkState, StopReason

_STATES = ", ".join(f"'{state}'" for state in BulkState)
_IS_ACTIVE = "state in ('QUEUED', 'RUNNING')"


class BulkError(TypedDict):
    """Why the act failed on one thing; ``name`` is null where it is not there any more.

    What failed before ``may_pass`` was kept does not have it.
    """

    subject_id: str
    name: str | None
    reason: str
    may_pass: NotRequired[bool]


class BulkOperation(IdMixin, CreatedAt, Base):
    """One act on many things, started by a person. ``org_id`` is null where that is one of the staff."""

    __tablename__ = "bulk_operations"
    __table_args__ = (
        CheckConstraint(f"state in ({_STATES})", name="state"),
        CheckConstraint("succeeded >= 0 and failed >= 0 and succeeded + failed <= total", name="counts"),
        # Two at once of one person are decided here.
        Index("uq_bulk_operations_active", "person_id", "kind", unique=True, postgresql_where=text(_IS_ACTIVE)),
        Index("ix_bulk_operations_person_id_created_at_id", "person_id", "created_at", "id"),
        Index("ix_bulk_operations_org_id", "org_id"),
        Index("ix_bulk_operations_finished_at", "finished_at"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    person_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[BulkState] = mapped_column(EnumText(BulkState))
    total: Mapped[int] = mapped_column(Integer)
    succeeded: Mapped[int] = mapped_column(Integer)
    failed: Mapped[int] = mapped_column(Integer)
    #: The first failures, by which a person sees what is wrong; the rest are counted.
    errors: Mapped[list[BulkError]] = mapped_column(JSONB)
    stop_reason: Mapped[StopReason | None] = mapped_column(EnumText(StopReason))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class BulkSelection(IdMixin, Base):
    """The things that an operation is about, under its id: in a table of its own, since lists read the operations.

    It is there until the operation ends.
    """

    __tablename__ = "bulk_selections"
    __table_args__ = (Index("ix_bulk_selections_org_id", "org_id"),)
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert delete")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    subject_ids: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
