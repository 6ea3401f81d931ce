"""Who may search."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission, Role

SEARCH_USE = Permission("search:use")

GRANTS: Grants = {SEARCH_USE: {Role.OPERATOR, *MEMBERS}}
