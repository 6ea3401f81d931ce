"""The table of idempotency keys."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess


class IdempotencyKey(IdMixin, CreatedAt, Base):
    """One key of one caller, and the answer it got, its headers too (sealed: answers may hold secrets).

    ``headers`` are pairs of name and value, so that several of one name survive.

    While it waits for its answer, ``lease_token`` names the attempt that may give it, and ``lease_until``, by the
    database's clock, says until when that attempt is under way. An attempt that was overtaken changes nothing any more.

    ``status`` and ``answer`` are a 409 until then: release 0.1.0 answers whatever they hold.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        Index("uq_idempotency_keys_caller_key", "caller", "key", unique=True),
        Index("ix_idempotency_keys_created_at", "created_at"),
        Index("ix_idempotency_keys_org_id", "org_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(
        runtime="select insert update delete", signin="select insert update delete"
    )

    # Checked at the commit: a registration of 0.1.0 claims its key before it makes the organization.
    org_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organizations.id", deferrable=True, initially="DEFERRED")
    )
    caller: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    answer: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[uuid.UUID | None]

    @property
    def is_answered(self) -> bool:
        """Tell whether the answer is known. Release 0.1.0 wrote no token, and no status where it kept no answer."""
        return self.lease_token is None and self.status is not None
