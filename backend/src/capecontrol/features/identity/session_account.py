"""A session and whose it is, in one statement: what each request asks first."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from capecontrol.core.permissions import Role
from capecontrol.core.scoped_read import ScopedRead
from capecontrol.features.identity.models import User, UserSession, UserStatus
from capecontrol.features.onboarding.interface import profiles_to_join
from capecontrol.features.organizations.interface import OrganizationSummary, organizations_to_join


@dataclass(frozen=True, slots=True)
class SessionAccount:
    """A session, its person, their organization and how their onboarding stands: what each request asks for."""

    session_id: uuid.UUID
    signed_in_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    user_id: uuid.UUID
    org_id: uuid.UUID | None
    email: str
    full_name: str
    role: Role
    status: UserStatus
    token_version: int
    organization_name: str | None
    organization_domain: str | None
    organization_plan: str | None
    organization_status: str | None
    timezone: str | None
    onboarded_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the session was neither revoked nor has expired."""
        return self.revoked_at is None and self.expires_at > now

    @property
    def organization(self) -> OrganizationSummary | None:
        """Return the organization; None for staff."""
        if self.org_id is None or self.organization_name is None:
            return None
        return OrganizationSummary(
            self.org_id,
            self.organization_name,
            self.organization_domain or "",
            self.organization_plan or "",
            self.organization_status or "",
        )


def _account() -> ScopedRead[SessionAccount]:
    organization, profile = organizations_to_join(), profiles_to_join()
    statement = (
        select(
            UserSession.id,
            UserSession.created_at,
            UserSession.last_seen_at,
            UserSession.expires_at,
            UserSession.revoked_at,
            User.id,
            User.org_id,
            User.email,
            User.full_name,
            User.role,
            User.status,
            User.token_version,
            organization.c.name,
            organization.c.domain,
            organization.c.plan,
            organization.c.status,
            profile.c.timezone,
            profile.c.completed_at,
        )
        .join(User, User.id == UserSession.user_id)
        .outerjoin(organization, organization.c.id == User.org_id)
        .outerjoin(profile, profile.c.user_id == User.id)
        .where(UserSession.id == bindparam("session_id"))
    )
    return ScopedRead(statement, SessionAccount, owner=UserSession.org_id)


SESSION_ACCOUNT = _account()
