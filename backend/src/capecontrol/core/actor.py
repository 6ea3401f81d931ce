"""Who acts, and where the act came from."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from capecontrol.core.permissions import Permission, Realm, Role


class ActorType(StrEnum):
    """What kind of actor did something."""

    USER = "USER"
    APP = "APP"
    SYSTEM = "SYSTEM"
    ANONYMOUS = "ANONYMOUS"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    ``permissions`` are what the caller may do, whatever kind of caller it is: those of a person's role, or the scopes
    of a key. Whoever checked the credential filled them in.
    """

    kind: ActorType
    id: uuid.UUID | None = None
    label: str = ""
    org_id: uuid.UUID | None = None
    role: Role | None = None
    session_id: uuid.UUID | None = None
    permissions: frozenset[Permission] = frozenset()

    @property
    def realm(self) -> Realm | None:
        """Return the side of the business that the actor is on."""
        return self.role.realm if self.role else None

    def can(self, permission: Permission) -> bool:
        """Tell whether the actor holds a permission (the system holds all)."""
        return self.kind is ActorType.SYSTEM or permission in self.permissions

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """Return the system acting for a stated reason."""
        return cls(ActorType.SYSTEM, label=reason)

    @classmethod
    def anonymous(cls) -> "Actor":
        """Return somebody who did not sign in."""
        return cls(ActorType.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a unit of work came from: for the audit and the log."""

    request_id: str = ""
    ip_address: str | None = None
    user_agent: str | None = None
