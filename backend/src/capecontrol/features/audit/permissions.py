"""Who may read the audit log. Nobody may change it."""

from capecontrol.core.permissions import Grants, Permission, Role

AUDIT_READ = Permission("audit:read")

GRANTS: Grants = {AUDIT_READ: {Role.OPERATOR, Role.AUDITOR}}
