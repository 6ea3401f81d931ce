"""Who may do what with their own account."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

ACCOUNT_READ = Permission("account:read")

GRANTS: Grants = {ACCOUNT_READ: {Role.OPERATOR, Role.AUDITOR, Role.DEVELOPER, *MEMBERS}}
