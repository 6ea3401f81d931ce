"""What a person told us at the beginning, and which steps they took."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import (
    Base,
    CreatedAt,
    IdMixin,
    OwnedByOrganization,
    TableAccess,
    Timestamps,
    owned_reference,
)


class OnboardingProfile(IdMixin, Timestamps, OwnedByOrganization, Base):
    """A person's answers. ``completed_at`` opens the application."""

    __tablename__ = "onboarding_profiles"
    __table_args__ = (
        UniqueConstraint("org_id", "user_id"),
        owned_reference("user_id", "users", ondelete="CASCADE"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update")

    user_id: Mapped[uuid.UUID]
    job_title: Mapped[str | None] = mapped_column(Text)
    timezone: Mapped[str | None] = mapped_column(Text)
    goals: Mapped[str | None] = mapped_column(Text)
    completed_at: Mapped[datetime | None]


class OnboardingStep(IdMixin, CreatedAt, OwnedByOrganization, Base):
    """A completed step."""

    __tablename__ = "onboarding_steps"
    __table_args__ = (
        UniqueConstraint("org_id", "user_id", "step"),
        CheckConstraint("step in ('welcome', 'profile', 'checklist', 'guide')", name="step"),
        owned_reference("user_id", "users", ondelete="CASCADE"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert")

    user_id: Mapped[uuid.UUID]
    step: Mapped[str] = mapped_column(Text)
