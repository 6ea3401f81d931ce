"""The scope that an account lives in."""

import uuid

from capecontrol.core.db.scope import OrganizationScope, PlatformScope


def account_scope(org_id: uuid.UUID | None, reason: str = "staff account") -> OrganizationScope | PlatformScope:
    """Return the organization's scope, or for staff the platform's with a reason."""
    return OrganizationScope(org_id) if org_id else PlatformScope(reason)
