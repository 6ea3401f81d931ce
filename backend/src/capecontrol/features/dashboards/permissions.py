"""Who has a dashboard."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

DASHBOARDS_READ = Permission("dashboards:read")

GRANTS: Grants = {DASHBOARDS_READ: {Role.OPERATOR, *MEMBERS}}
