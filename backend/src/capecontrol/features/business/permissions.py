"""Who sees the business's own settings, and who changes them."""

from capecontrol.core.permissions import Grants, Permission, Role

BUSINESS_READ = Permission("business:read")
BUSINESS_WRITE = Permission("business:write")

GRANTS: Grants = {BUSINESS_READ: {Role.OPERATOR}, BUSINESS_WRITE: {Role.OPERATOR}}
