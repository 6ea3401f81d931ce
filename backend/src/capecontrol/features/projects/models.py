"""The table of projects."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, IdMixin, OwnedByOrganization, TableAccess, Timestamps, unique_owned
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.search_token import TOKEN_ACCESS, SearchToken, token_keys
from capecontrol.features.projects.lifecycle import ProjectProposalStatus, ProjectStatus

_STATUSES = ", ".join(f"'{status}'" for status in ProjectStatus)
_PROPOSAL_STATUSES = ", ".join(f"'{status}'" for status in ProjectProposalStatus)
_CODE_ORDER = text("""("left"(code collate "C", 9) || lpad(substr(code, 10), 9, '0'))""")
_TITLE_ORDER = text('lower(title collate "C")')


class Project(IdMixin, Timestamps, OwnedByOrganization, Base):
    """One project of one organization. ``revision`` counts its changes, for optimistic locking."""

    __tablename__ = "projects"
    __table_args__ = (
        unique_owned("projects"),
        CheckConstraint(f"status in ({_STATUSES})", name="status"),
        CheckConstraint(f"proposal_status in ({_PROPOSAL_STATUSES})", name="proposal_status"),
        # The code is the business's own number, unique over all customers: only staff make projects.
        Index("uq_projects_code", "code", unique=True),
        Index("ix_projects_org_id_created_at_id", "org_id", "created_at", "id"),
        Index("ix_projects_created_at_id", "created_at", "id"),
        Index("ix_projects_status_created_at_id", "status", "created_at", "id"),
        # What lists are sorted by: for the organization's members, and for staff.
        Index("ix_projects_org_id_updated_at_id", "org_id", "updated_at", "id"),
        Index("ix_projects_updated_at_id", "updated_at", "id"),
        Index("ix_projects_org_id_code_order_id", "org_id", _CODE_ORDER, "id"),
        Index("ix_projects_code_order_id", _CODE_ORDER, "id"),
        Index("ix_projects_org_id_title_id", "org_id", _TITLE_ORDER, "id"),
        Index("ix_projects_title_id", _TITLE_ORDER, "id"),
        Index(
            "ix_projects_underway",
            "org_id",
            "updated_at",
            "id",
            postgresql_where=text("status not in ('COMPLETED', 'ARCHIVED')"),
        ),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select update")

    code: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    status: Mapped[ProjectStatus] = mapped_column(EnumText(ProjectStatus))
    previous_status: Mapped[ProjectStatus | None] = mapped_column(EnumText(ProjectStatus))
    #: Kept by whoever offers, so that a list of projects says how each one stands without asking for its proposals.
    proposal_status: Mapped[ProjectProposalStatus | None] = mapped_column(EnumText(ProjectProposalStatus))
    #: Until when the newest one that was sent can be decided on: what is shown goes by the time, not by the sweep.
    proposal_valid_until: Mapped[datetime | None]
    created_by: Mapped[uuid.UUID | None]
    revision: Mapped[int] = mapped_column(Integer, default=1)


class ProjectToken(SearchToken, Base):
    """A word of the code and title of a project."""

    __tablename__ = "project_tokens"
    __table_args__ = token_keys("project_tokens", "project_id", "projects")
    access: ClassVar[TableAccess] = TOKEN_ACCESS

    project_id: Mapped[uuid.UUID]
