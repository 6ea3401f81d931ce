"""The scope that an account lives in."""

import uuid

from capecontrol.core.db.scope import OrganizationScope, PlatformScope


def account_scope(org_id: uuid.UUID | None) -> OrganizationScope | PlatformScope:
    """Return the organization's scope, or the platform's for staff."""
    return OrganizationScope(org_id) if org_id else PlatformScope("staff account")
