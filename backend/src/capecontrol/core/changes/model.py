"""The table of changes: a note of each for an hour, and nothing of its content."""

import uuid
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.changes.topic import Topic
from capecontrol.core.db.base import Base, CreatedAt, TableAccess
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.transaction_id import TransactionId


class Change(CreatedAt, Base):
    """Something changed. ``org_id`` is null where it is nobody's in particular, such as the business itself.

    ``transaction_id`` tells a reader, by its last snapshot, which rows it has not seen yet: ids are drawn before the
    commit, and what was drawn first may be committed last. Among rows of one subject they have the order of the acts.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_transaction_id", "transaction_id"),
        Index("ix_changes_org_id_transaction_id", "org_id", "transaction_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert", system="select insert delete")

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    transaction_id: Mapped[int] = mapped_column(TransactionId, server_default=text("pg_current_xact_id()"))
    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    topic: Mapped[Topic] = mapped_column(EnumText(Topic))
    subject_id: Mapped[uuid.UUID | None]
    project_id: Mapped[uuid.UUID | None]
    is_for_clients: Mapped[bool] = mapped_column(Boolean)
