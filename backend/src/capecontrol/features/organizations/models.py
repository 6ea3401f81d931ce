"""The table of customers."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, IdMixin, TableAccess, Timestamps
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.search_token import TOKEN_ACCESS, SearchToken


class Plan(StrEnum):
    """The plan of an organization."""

    FREE = "FREE"
    PRO = "PRO"
    ENTERPRISE = "ENTERPRISE"


class OrganizationStatus(StrEnum):
    """Whether an organization is active or suspended."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class Organization(IdMixin, Timestamps, Base):
    """A customer. Its id is what ``org_id`` means everywhere."""

    __tablename__ = "organizations"
    __table_args__ = (
        CheckConstraint("plan in ('FREE', 'PRO', 'ENTERPRISE')", name="plan"),
        CheckConstraint("status in ('ACTIVE', 'SUSPENDED')", name="status"),
        Index("uq_organizations_name", text("lower(name)"), unique=True),
        Index("uq_organizations_domain", "domain", unique=True),
        Index("ix_organizations_created_at_id", "created_at", "id"),
        Index("ix_organizations_name_id", text('lower(name collate "C")'), "id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    name: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    status: Mapped[OrganizationStatus] = mapped_column(EnumText(OrganizationStatus))
    settings: Mapped[dict[str, object]] = mapped_column(JSONB)
    #: Release 0.1.0's; billing keeps such ids since, and the release after this one drops the column.
    stripe_customer_id: Mapped[str | None] = mapped_column(Text)


class OrganizationToken(SearchToken, Base):
    """A word of the name and the domain of an organization."""

    __tablename__ = "organization_tokens"
    __table_args__ = (
        PrimaryKeyConstraint("org_id", "token"),
        ForeignKeyConstraint(["org_id"], ["organizations.id"], ondelete="CASCADE"),
        Index("ix_organization_tokens_token", "token", "org_id"),
    )
    access: ClassVar[TableAccess] = TOKEN_ACCESS
