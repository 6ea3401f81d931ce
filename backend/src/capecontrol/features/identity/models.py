"""People, sessions, tokens."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess, Timestamps
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.permissions import STAFF, Role


class UserStatus(StrEnum):
    """Whether a person may sign in. INVITED is also who has not verified the address yet."""

    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class TokenPurpose(StrEnum):
    """What a one-time token is good for."""

    VERIFY_EMAIL = "VERIFY_EMAIL"


def _listed(roles: Iterable[Role]) -> str:
    named = frozenset(roles)
    return ", ".join(f"'{role}'" for role in Role if role in named)


class User(IdMixin, Timestamps, Base):
    """A person, of one organization or of the platform's staff (``org_id`` null). The address is unique everywhere."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("org_id", "id"),
        Index("uq_users_email", "email", unique=True),
        Index("ix_users_org_id_created_at", "org_id", "created_at"),
        CheckConstraint("status in ('INVITED', 'ACTIVE', 'DISABLED')", name="status"),
        CheckConstraint(f"(org_id is null) = (role in ({_listed(STAFF)}))", name="staff_have_no_organization"),
        CheckConstraint(f"role in ({_listed(Role)})", name="role"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    email: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    status: Mapped[UserStatus] = mapped_column(EnumText(UserStatus))
    email_verified_at: Mapped[datetime | None]
    token_version: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    #: The person's own choice; None before they make one.
    timezone: Mapped[str | None] = mapped_column(Text)


class UserSession(IdMixin, CreatedAt, Base):
    """A device that is signed in."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("org_id", "id"),
        Index("ix_sessions_org_id_user_id", "org_id", "user_id"),
        Index("ix_sessions_user_id", "user_id"),
        # What ended long ago is deleted.
        Index("ix_sessions_ended_at", text("least(revoked_at, expires_at)")),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    device: Mapped[str | None] = mapped_column(Text)
    ip_address: Mapped[str | None] = mapped_column(Text)
    is_remembered: Mapped[bool] = mapped_column(Boolean)
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: When the session's person typed the password for the last time, to do what asks for it.
    confirmed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None] = mapped_column(Text)


class RefreshToken(IdMixin, CreatedAt, Base):
    """One token of a family. ``successor`` is sealed under the token itself: only its holder can replay it."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index("uq_refresh_tokens_token_hash", "token_hash", unique=True),
        Index("ix_refresh_tokens_session_id", "session_id"),
        Index("ix_refresh_tokens_org_id", "org_id"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(Text)
    used_at: Mapped[datetime | None]
    successor_id: Mapped[uuid.UUID | None]
    successor: Mapped[str | None] = mapped_column(Text)


class OneTimeToken(IdMixin, CreatedAt, Base):
    """A secret that was mailed, hashed; good once, for one purpose, until it expires."""

    __tablename__ = "one_time_tokens"
    __table_args__ = (
        Index("uq_one_time_tokens_token_hash", "token_hash", unique=True),
        Index("ix_one_time_tokens_user_id", "user_id"),
        Index("ix_one_time_tokens_org_id", "org_id"),
        Index("ix_one_time_tokens_expires_at", "expires_at"),
    )
    access: ClassVar[TableAccess] = TableAccess(runtime="select insert update", signin="select")

    org_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    purpose: Mapped[TokenPurpose] = mapped_column(EnumText(TokenPurpose))
    token_hash: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class MailAllowance(IdMixin, Base):
    """When strangers had mails of one purpose sent to one mailbox, of the last day: so many may go (ADR 0031)."""

    __tablename__ = "mail_allowances"
    __table_args__ = (
        Index("uq_mail_allowances_mailbox", "mailbox", unique=True),
        Index("ix_mail_allowances_last_mailed_at", "last_mailed_at"),
    )
    access: ClassVar[TableAccess] = TableAccess()

    #: A digest of what is counted: whom strangers write to is nobody's business here.
    mailbox: Mapped[str] = mapped_column(Text)
    mailed_at: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)))
    last_mailed_at: Mapped[datetime]


class LoginAttempt(IdMixin, CreatedAt, Base):
    """One try to sign in with an address, known or not; for the lockout.

    ``session_id`` is of a try to confirm a session, which counts for that session alone.
    """

    __tablename__ = "login_attempts"
    __table_args__ = (
        Index("ix_login_attempts_email_created_at", "email", "created_at"),
        Index("ix_login_attempts_created_at", "created_at"),
        Index(
            "ix_login_attempts_session_id_created_at",
            "session_id",
            "created_at",
            postgresql_where=text("session_id is not null"),
        ),
    )
    access: ClassVar[TableAccess] = TableAccess(signin="select insert update delete")

    email: Mapped[str] = mapped_column(Text)
    ip_address: Mapped[str | None] = mapped_column(Text)
    succeeded: Mapped[bool] = mapped_column(Boolean)
    session_id: Mapped[uuid.UUID | None]
