"""Who may look into the machinery, and who may set it going again."""

from capecontrol.core.permissions import Grants, Permission, Role

SYSTEM_READ = Permission("system:read")
SYSTEM_OPERATE = Permission("system:operate")

GRANTS: Grants = {SYSTEM_READ: {Role.OPERATOR}, SYSTEM_OPERATE: {Role.OPERATOR}}
