"""Who may do what: realms, roles, permissions. Features declare their grants; main joins them into one table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Realm(StrEnum):
    """Which side of the business somebody is on."""

    ADMIN = "ADMIN"
    CLIENT = "CLIENT"


class Role(StrEnum):
    """What somebody is on their side (spec: platform staff, then members of an organization)."""

    OPERATOR = "OPERATOR"
    AUDITOR = "AUDITOR"
    DEVELOPER = "DEVELOPER"
    OWNER = "OWNER"
    ADMINISTRATOR = "ADMINISTRATOR"
    USER = "USER"

    @property
    def realm(self) -> Realm:
        """Return the realm that the role belongs to."""
        return Realm.ADMIN if self in _STAFF else Realm.CLIENT


_STAFF = frozenset({Role.OPERATOR, Role.AUDITOR, Role.DEVELOPER})

#: Every role of the client realm: for permissions that any member of an organization holds.
MEMBERS = frozenset({Role.OWNER, Role.ADMINISTRATOR, Role.USER})


class Permission(str):
    """A permission's name, ``resource:action``."""

    __slots__ = ()


Grants = Mapping[Permission, Iterable[Role]]


class PermissionTable:
    """The joined grants of all features."""

    def __init__(self, *grants: Grants) -> None:
        """Join the features' grants; a permission granted twice is a mistake."""
        self._holders: dict[Permission, frozenset[Role]] = {}
        for table in grants:
            for permission, roles in table.items():
                if permission in self._holders:
                    raise ValueError(f"permission {permission} is granted by two features")
                self._holders[permission] = frozenset(roles)

    def allows(self, role: Role | None, permission: Permission) -> bool:
        """Tell whether a role holds a permission. An unknown permission is held by nobody."""
        return role is not None and role in self._holders.get(permission, frozenset())

    def of(self, role: Role) -> list[Permission]:
        """Return what a role may do, sorted by name."""
        return sorted(p for p, holders in self._holders.items() if role in holders)
