"""Who sees the business's own settings."""

from capecontrol.core.permissions import Grants, Permission, Role

BUSINESS_READ = Permission("business:read")

GRANTS: Grants = {BUSINESS_READ: {Role.OPERATOR}}
