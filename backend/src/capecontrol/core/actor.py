"""Who acts, and where the act came from."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from capecontrol.core.client_address import counted_address
from capecontrol.core.permissions import Permission, Realm, Role


class ActorType(StrEnum):
    """What kind of actor did something."""

    USER = "USER"
    OPERATOR = "OPERATOR"
    APP = "APP"
    SYSTEM = "SYSTEM"
    ANONYMOUS = "ANONYMOUS"

    @classmethod
    def _missing_(cls, value: object) -> "ActorType | None":
        """Read the control plane's spelling as well: ``Operator``."""
        return cls.__members__.get(value.upper()) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Key:
    """The key that an app acts with; ``key_id`` is public.

    ``org_ids`` are the organizations that it is bound to; None: every organization that may use the app, or, without an
    app, the whole platform.
    """

    key_id: str
    app_id: uuid.UUID | None
    org_ids: frozenset[uuid.UUID] | None = None

    @property
    def only_org_id(self) -> uuid.UUID | None:
        """Return the one organization that it is bound to; None where it is bound to several, or to none."""
        return next(iter(self.org_ids)) if self.org_ids is not None and len(self.org_ids) == 1 else None

    def is_for(self, org_id: uuid.UUID) -> bool:
        """Tell whether it may act for an organization."""
        return self.org_ids is None or org_id in self.org_ids


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with id, address and name, an app with a key, or the system with a reason.

    ``permissions`` are what the caller may do, whatever kind of caller it is: those of a person's role, or the scopes
    of a key. Whoever checked the credential filled them in.
    """

    kind: ActorType
    id: uuid.UUID | None = None
    email: str | None = None
    name: str | None = None
    reason: str = ""
    org_id: uuid.UUID | None = None
    role: Role | None = None
    session_id: uuid.UUID | None = None
    permissions: frozenset[Permission] = frozenset()
    key: Key | None = None

    @property
    def realm(self) -> Realm | None:
        """Return the side of the business that the actor is on."""
        return self.role.realm if self.role else None

    @property
    def is_person(self) -> bool:
        """Tell whether this is somebody with an account."""
        return self.kind in (ActorType.USER, ActorType.OPERATOR)

    @property
    def label(self) -> str:
        """Return what the log shows of an actor without a name: the system's reason, or the id of an app's key."""
        return self.key.key_id if self.key else self.reason

    def can(self, permission: Permission) -> bool:
        """Tell whether the actor holds a permission (the system holds all)."""
        return self.kind is ActorType.SYSTEM or permission in self.permissions

    @classmethod
    def person(
        cls,
        user_id: uuid.UUID,
        email: str,
        role: Role,
        *,
        name: str,
        org_id: uuid.UUID | None,
        session_id: uuid.UUID | None = None,
        permissions: frozenset[Permission] = frozenset(),
    ) -> "Actor":
        """Return somebody with an account: staff are operators, members of an organization users."""
        kind = ActorType.OPERATOR if role.realm is Realm.ADMIN else ActorType.USER
        return cls(kind, user_id, email, name, org_id=org_id, role=role, session_id=session_id, permissions=permissions)

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """Return the system acting for a stated reason."""
        return cls(ActorType.SYSTEM, reason=reason)

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

    @property
    def source(self) -> str:
        """Return as whom the requests of the address are counted."""
        return counted_address(self.ip_address)
