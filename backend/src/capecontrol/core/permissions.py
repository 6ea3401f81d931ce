"""Who may do what: realms, roles, permissions. Features declare their grants; main joins them into one table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Realm(StrEnum):
    """Whether a person is staff (ADMIN) or a member of an organization (CLIENT)."""

    ADMIN = "ADMIN"
    CLIENT = "CLIENT"


class Role(StrEnum):
    """The role of a person: of staff, or within an organization."""

    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"
    DEVELOPER = "DEVELOPER"
    OWNER = "OWNER"
    ADMINISTRATOR = "ADMINISTRATOR"
    USER = "USER"

    @property
    def realm(self) -> Realm:
        """Return the realm that the role belongs to."""
        return Realm.ADMIN if self in STAFF else Realm.CLIENT


#: Every role of the platform's own people.
STAFF = frozenset({Role.OPERATOR, Role.AUDITOR, Role.DEVELOPER})

#: Every role of the client realm: for permissions that any member of an organization holds.
MEMBERS = frozenset({Role.OWNER, Role.ADMINISTRATOR, Role.USER})


class Permission(str):
    """A permission's name, ``resource:action``. A role grants it to people, a scope of the same name to a key."""

    __slots__ = ()


FLAG_READ = Permission("flag:read")
BILL_WRITE = Permission("bill:write")
BILL_READ = Permission("bill:read")
LOG_WRITE = Permission("log:write")
#: What a key may be given (CP's names).
SCOPES = frozenset({FLAG_READ, BILL_WRITE, BILL_READ, LOG_WRITE})

Grants = Mapping[Permission, Iterable[Role]]


class PermissionTable:
    """The joined grants of all features."""

    def __init__(self, *grants: Grants) -> None:
        """Join the features' grants; a permission granted twice is a mistake."""
        holders: dict[Permission, frozenset[Role]] = {}
        for table in grants:
            for permission, roles in table.items():
                if permission in holders:
                    raise ValueError(f"permission {permission} is granted by two features")
                holders[permission] = frozenset(roles)
        #: All that anybody may hold.
        self.names = frozenset(holders)
        self._by_role = {role: frozenset(p for p, having in holders.items() if role in having) for role in Role}

    def of(self, role: Role) -> frozenset[Permission]:
        """Return what a role may do: nothing, where only a later release knows it."""
        return self._by_role.get(role, frozenset())
