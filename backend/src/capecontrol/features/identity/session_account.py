"""A session and whose it is: what each request asks first."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from capecontrol.core.permissions import Role
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.organizations.interface import OrganizationSummary

#: How long an act that asks for the password asks for it no more.
CONFIRMED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SessionAccount:
    """A session, its person, their organization and how their onboarding stands: what each request asks for.

    ``timezone`` is the one that the person chose, else the one of the onboarding.
    """

    session_id: uuid.UUID
    signed_in_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
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
    onboarding_steps: Mapping[str, str] | None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the session was neither revoked nor has expired."""
        return self.revoked_at is None and self.expires_at > now

    def is_confirmed(self, now: datetime) -> bool:
        """Tell whether the person has typed the password in this session a short while ago."""
        return self.confirmed_at is not None and now - self.confirmed_at < CONFIRMED_FOR

    @property
    def organization(self) -> OrganizationSummary | None:
        """Return the organization; None for staff."""
        if self.org_id is None or self.organization_name is None:
            return None
        return OrganizationSummary(
            id=self.org_id,
            name=self.organization_name,
            domain=self.organization_domain or "",
            plan=self.organization_plan or "",
            status=self.organization_status or "",
        )
