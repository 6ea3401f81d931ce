"""Who may do what with their own account."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

ACCOUNT_READ = Permission("account:read")
ACCOUNT_UPDATE = Permission("account:update")

_EVERYBODY = {Role.OPERATOR, Role.AUDITOR, Role.DEVELOPER, *MEMBERS}
GRANTS: Grants = {ACCOUNT_READ: _EVERYBODY, ACCOUNT_UPDATE: _EVERYBODY}
