"""Queries about people, sessions and refresh tokens."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from capecontrol.core.crypto import digest
from capecontrol.core.dao import Dao
from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.db.text_search import contains
from capecontrol.core.permissions import Role
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.scoped_write import ScopedWrite
from capecontrol.features.identity.held_session import SessionEnd
from capecontrol.features.identity.models import (
    RefreshToken,
    User,
    UserSession,
    UserStatus,
)
from capecontrol.features.identity.renewed_session import RenewedSession
from capecontrol.features.identity.session_account import SessionAccount
from capecontrol.features.onboarding.interface import profiles_to_join
from capecontrol.features.organizations.interface import OrganizationStatus, organizations_to_join


@dataclass(frozen=True, slots=True)
class TokenSession:
    """The session of a refresh token, and whose it is; staff belong to no organization."""

    session_id: uuid.UUID
    org_id: uuid.UUID | None


class UserDao(Dao[User]):
    """People within the scope."""

    model = User

    async def by_email(self, email: str) -> User | None:
        """Return the person with an address (in its comparable form)."""
        return await self.one(self.select().where(User.email == email))

    async def renew_hash(self, user: User, renewed: str) -> None:
        """Keep another hash of the same password, unless the password was changed since it was read.

        To who looks at the row nothing has changed.
        """
        is_same = User.password_hash == user.password_hash
        await self.update_where(User.id == user.id, is_same, password_hash=renewed, updated_at=User.updated_at)

    async def of_organization(self, org_id: uuid.UUID, role: str) -> list[User]:
        """Return the active people of an organization who hold a role, oldest first."""
        statement = self.select().where(User.org_id == org_id, User.role == role, User.status == UserStatus.ACTIVE)
        return await self.all(statement.order_by(User.created_at, User.id).limit(50))

    async def active_staff(self, role: Role) -> list[User]:
        """Return the active people of the platform who hold a role, oldest first."""
        statement = self.select().where(User.org_id.is_(None), User.role == role, User.status == UserStatus.ACTIVE)
        return await self.all(statement.order_by(User.created_at, User.id))

    async def by_ids(self, ids: Collection[uuid.UUID]) -> list[User]:
        """Return the people of these ids, in no order."""
        return await self.all(self.select().where(User.id.in_(set(ids)))) if ids else []

    async def matching(self, part: str, limit: int) -> list[uuid.UUID]:
        """Return the ids of people whose name or address holds a text, oldest first."""
        holds = contains(User.full_name, part) | contains(User.email, part)
        statement = self.select().where(holds).with_only_columns(User.id).order_by(User.created_at, User.id)
        return list((await self.session.execute(statement.limit(limit))).scalars())


class SessionDao(Dao[UserSession]):
    """Sessions within the scope."""

    model = UserSession

    async def account_of(self, session_id: uuid.UUID) -> SessionAccount | None:
        """Return a session and whose it is, whatever its state."""
        return await _ACCOUNT.one(self.work, session_id=session_id)

    async def renew(self, session_id: uuid.UUID, now: datetime) -> RenewedSession | None:
        """Lock a session until the unit ends, note that it is in use, and return whose it is, whatever its state."""
        return await _RENEWED.one(self.work, session_id=session_id, now=now)

    async def touch(self, session_id: uuid.UUID, now: datetime, step: timedelta) -> None:
        """Note that a session is in use, unless another request is doing so: nobody waits for a note."""
        stale = (
            select(UserSession.id)
            .where(*self.owned(), UserSession.id == session_id, UserSession.last_seen_at <= now - step)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        await self.update_where(UserSession.id == stale, last_seen_at=now)

    async def revoke(self, session_id: uuid.UUID, now: datetime, reason: str) -> bool:
        """End a session; tell whether this call did."""
        return bool(
            await self.update_where(
                UserSession.id == session_id,
                UserSession.revoked_at.is_(None),
                revoked_at=now,
                revoked_reason=reason,
            )
        )

    async def revoke_all(self, user_id: uuid.UUID, now: datetime, reason: str) -> int:
        """End all sessions of a person and return how many there were."""
        return await self.update_where(
            UserSession.user_id == user_id, UserSession.revoked_at.is_(None), revoked_at=now, revoked_reason=reason
        )


class RefreshTokenDao(Dao[RefreshToken]):
    """Refresh tokens within the scope."""

    model = RefreshToken

    async def session_of(self, token: str) -> TokenSession | None:
        """Return the session of a token, used or not."""
        return await _TOKEN_SESSION.one(self.work, token_hash=digest(token))

    async def use(self, token: str, *, successor: RefreshToken, sealed: str) -> bool:
        """Replace a token by its successor; tell whether it was good. Of two at once one gets True."""
        used = await _USED.one(
            self.work,
            hash_of_used=digest(token),
            session=successor.session_id,
            now=self.work.now(),
            successor=successor.id,
            sealed=sealed,
        )
        if used:
            self.add_last(successor)
        return bool(used)

    async def by_token(self, token: str) -> RefreshToken | None:
        """Return the row of a token."""
        return await self.one(self.select().where(RefreshToken.token_hash == digest(token)))


def _account() -> ScopedRead[SessionAccount]:
    organization, profile = organizations_to_join(), profiles_to_join()
    columns = columns_for(
        SessionAccount,
        session_id=UserSession.id,
        signed_in_at=UserSession.created_at,
        last_seen_at=UserSession.last_seen_at,
        expires_at=UserSession.expires_at,
        confirmed_at=UserSession.confirmed_at,
        revoked_at=UserSession.revoked_at,
        user_id=User.id,
        org_id=User.org_id,
        email=User.email,
        full_name=User.full_name,
        role=User.role,
        status=User.status,
        token_version=User.token_version,
        organization_name=organization.c.name,
        organization_domain=organization.c.domain,
        organization_plan=organization.c.plan,
        organization_status=organization.c.status,
        timezone=func.coalesce(User.timezone, profile.c.timezone),
        onboarded_at=profile.c.completed_at,
        onboarding_steps=profile.c.steps_taken,
    )
    statement = (
        select(*columns)
        .join(User, User.id == UserSession.user_id)
        .outerjoin(organization, organization.c.id == User.org_id)
        .outerjoin(profile, (profile.c.org_id == User.org_id) & (profile.c.user_id == User.id))
        .where(UserSession.id == bindparam("session_id"))
    )
    return ScopedRead(statement, SessionAccount, owner=UserSession.org_id)


def _renewed() -> ScopedWrite[RenewedSession]:
    organization = organizations_to_join()
    theirs = [column.label(f"organization_{column.name}") for column in organization.c]
    mine = (User.id, User.org_id, User.email, User.full_name, User.role, User.status, User.token_version)
    joined = select(*theirs, *mine).outerjoin_from(User, organization, organization.c.id == User.org_id)
    person = joined.subquery("person")
    statement = (
        update(UserSession)
        .where(UserSession.id == bindparam("session_id"), person.c.id == UserSession.user_id)
        .values(last_seen_at=bindparam("now"))
    )
    of_organization, of_person = list(person.c)[: len(theirs)], list(person.c)[len(theirs) :]
    own = (UserSession.id, UserSession.is_remembered, UserSession.expires_at, UserSession.revoked_at)
    return ScopedWrite(statement, (*of_organization, *own, *of_person), RenewedSession.read, owner=UserSession.org_id)


def sessions_to_join(now: ColumnElement[datetime]) -> Subquery:
    """Return the sessions, for another feature to join: what their people are, and why they do not hold any more.

    ``end`` is null where they do.
    """
    organization = organizations_to_join()
    is_over = or_(UserSession.revoked_at.is_not(None), UserSession.expires_at <= now)
    is_idle = organization.c.status.is_distinct_from(constant(OrganizationStatus.ACTIVE))
    end = case(
        (is_over, constant(SessionEnd.SIGNED_OUT)),
        (User.status != constant(UserStatus.ACTIVE), constant(SessionEnd.DISABLED)),
        (and_(User.org_id.is_not(None), is_idle), constant(SessionEnd.SUSPENDED)),
    )
    columns = (UserSession.id, User.role, User.token_version, end.label("end"))
    joined = select(*columns).join(User, User.id == UserSession.user_id)
    return joined.outerjoin(organization, organization.c.id == User.org_id).subquery("session")


_ACCOUNT = _account()
_RENEWED = _renewed()
_TOKEN_SESSION = ScopedRead(
    select(RefreshToken.session_id, RefreshToken.org_id).where(RefreshToken.token_hash == bindparam("token_hash")),
    TokenSession,
    owner=RefreshToken.org_id,
)
_USED = ScopedWrite(
    update(RefreshToken)
    .where(
        RefreshToken.token_hash == bindparam("hash_of_used"),
        RefreshToken.session_id == bindparam("session"),
        RefreshToken.used_at.is_(None),
    )
    .values(used_at=bindparam("now"), successor_id=bindparam("successor"), successor=bindparam("sealed")),
    (RefreshToken.id,),
    lambda _: True,
    owner=RefreshToken.org_id,
)


def person_to_join(user_id: SQLColumnExpression[Any]) -> FromClause:
    """Return the person of an id, for another feature that looks up one for each row: ``full_name, email``."""
    return select(User.full_name, User.email).where(User.id == user_id).limit(constant(1)).lateral("person")
