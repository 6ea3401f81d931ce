"""The tables: keys, each sealed by an entry of the environment, and the fingerprints of the environment's own."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.rings.ring import RingName


class FingerprintKind(StrEnum):
    """Which setting a fingerprint is of."""

    MASTER = "ENCRYPTION_KEY"
    LEGACY = "SECRET_KEY"


class SecretKeyRecord(Base):
    """A key of a ring. Its id stands in what is made with it.

    ``sealed`` opens with the entry of ENCRYPTION_KEYS whose fingerprint ``sealed_by`` is. A retired key keeps its row
    and loses both. A ring's legacy entry has a row only once it was retired. All times are the database's.
    """

    __tablename__ = "secret_keys"
    __table_args__ = (
        CheckConstraint("ring in ('tokens', 'csrf', 'pepper', 'sealing')", name="ring"),
        CheckConstraint("(sealed is null) = (retired_at is not null)", name="retired_is_empty"),
        CheckConstraint("(sealed is null) = (sealed_by is null)", name="sealed_by"),
    )
    access: ClassVar[TableAccess] = TableAccess(system="select insert update")

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    ring: Mapped[RingName] = mapped_column(EnumText(RingName))
    sealed: Mapped[str | None] = mapped_column(Text)
    sealed_by: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    used_from: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class KeyFingerprint(Base):
    """A setting that has started on this database: a digest keyed by the secret itself, which tells nothing of it."""

    __tablename__ = "key_fingerprints"
    __table_args__ = (CheckConstraint("kind in ('ENCRYPTION_KEY', 'SECRET_KEY')", name="kind"),)
    access: ClassVar[TableAccess] = TableAccess(system="select insert")

    fingerprint: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[FingerprintKind] = mapped_column(EnumText(FingerprintKind))
    seen_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
