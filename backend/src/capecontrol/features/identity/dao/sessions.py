"""Queries about sessions."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from capecontrol.core.dao import Dao
from capecontrol.core.db.columns_for import columns_for
from capecontrol.core.db.constant import constant
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.core.scoped_write import ScopedWrite
from capecontrol.features.identity.held_session import SessionEnd
from capecontrol.features.identity.models import (
    User,
    UserSession,
    UserStatus,
)
from capecontrol.features.identity.renewed_session import RenewedSession
from capecontrol.features.identity.session_account import SessionAccount
from capecontrol.features.onboarding.interface import profiles_to_join
from capecontrol.features.organizations.interface import OrganizationStatus, organizations_to_join

#: Why all sessions of a person were ended by themselves.
SIGNED_OUT_EVERYWHERE = "signed out everywhere"


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

    async def forget_ended_before(self, moment: datetime, limit: int) -> int:
        """Delete sessions that were over before a moment, with their refresh tokens; return how many."""
        ended_at = func.least(UserSession.revoked_at, UserSession.expires_at)
        return await self.delete_first(ended_at < moment, by=ended_at, limit=limit)

    async def has_ended_all(self, user_id: uuid.UUID, since: datetime) -> bool:
        """Tell whether a person has signed out of all devices since a moment."""
        ended = (
            UserSession.user_id == user_id,
            UserSession.revoked_reason == SIGNED_OUT_EVERYWHERE,
            UserSession.revoked_at >= since,
        )
        return await self.one(self.select().where(*ended).limit(1)) is not None

    async def revoke_all(self, user_id: uuid.UUID, now: datetime, reason: str) -> int:
        """End all sessions of a person and return how many there were."""
        return await self.update_where(
            UserSession.user_id == user_id, UserSession.revoked_at.is_(None), revoked_at=now, revoked_reason=reason
        )


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
