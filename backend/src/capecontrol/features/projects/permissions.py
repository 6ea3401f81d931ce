"""Who may do what with projects."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

PROJECTS_READ = Permission("projects:read")
PROJECTS_CREATE = Permission("projects:create")
PROJECTS_UPDATE = Permission("projects:update")

GRANTS: Grants = {
    PROJECTS_READ: {Role.OPERATOR, *MEMBERS},
    PROJECTS_CREATE: {Role.OPERATOR},
    PROJECTS_UPDATE: {Role.OPERATOR},
}
