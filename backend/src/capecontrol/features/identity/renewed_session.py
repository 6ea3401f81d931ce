"""A session that is renewed, and whose it is."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from capecontrol.core.actor import Actor
from capecontrol.core.permissions import Role
from capecontrol.features.identity.models import UserStatus
from capecontrol.features.identity.tokens import AccessClaims
from capecontrol.features.organizations.interface import OrganizationSummary


@dataclass(frozen=True, slots=True)
class RenewedSession:
    """A session, its person and their organization; none for staff."""

    organization: OrganizationSummary | None
    session_id: uuid.UUID
    is_remembered: bool
    expires_at: datetime
    revoked_at: datetime | None
    user_id: uuid.UUID
    org_id: uuid.UUID | None
    email: str
    full_name: str
    role: Role
    status: UserStatus
    token_version: int

    @classmethod
    def read(cls, *values: Any) -> "RenewedSession":
        """Return what a row says: the columns of ``organizations_to_join``, then our own."""
        count = len(fields(OrganizationSummary))
        return cls(None if values[0] is None else OrganizationSummary(*values[:count]), *values[count:])

    def is_live(self, now: datetime) -> bool:
        """Tell whether the session was neither revoked nor has expired, and its person may act."""
        is_theirs = self.org_id is None or (self.organization is not None and self.organization.is_active)
        return self.revoked_at is None and self.expires_at > now and self.status == UserStatus.ACTIVE and is_theirs

    @property
    def actor(self) -> Actor:
        """Return the session's person as who acts."""
        return Actor.person(
            self.user_id,
            self.email,
            self.role,
            name=self.full_name,
            org_id=self.org_id,
            session_id=self.session_id,
        )

    @property
    def claims(self) -> AccessClaims:
        """Return what an access token of the session says."""
        return AccessClaims(self.user_id, self.org_id, self.role, self.session_id, self.token_version)
