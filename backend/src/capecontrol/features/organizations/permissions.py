"""Who may do what with organizations."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

ORGANIZATIONS_LIST = Permission("organizations:list")
ORGANIZATIONS_READ = Permission("organizations:read")

GRANTS: Grants = {
    ORGANIZATIONS_LIST: {Role.OPERATOR, Role.DEVELOPER},
    ORGANIZATIONS_READ: {Role.OPERATOR, *MEMBERS},
}
