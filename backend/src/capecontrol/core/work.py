"""The unit of work: one transaction, one actor, one scope, one clock.

HTTP requests, background handlers and the command line open the same one, so there is one path and not three. It is
committed by whoever opened it, before any answer leaves.
"""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from capecontrol.core.clock import Clock
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.outbox.event import Event
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.routes import EventRoutes
from capecontrol.core.permissions import Permission, PermissionTable, Realm, Role


class ActorType(StrEnum):
    """What kind of actor did something."""

    USER = "USER"
    APP = "APP"
    SYSTEM = "SYSTEM"
    ANONYMOUS = "ANONYMOUS"


class Outcome(StrEnum):
    """How an audited act ended."""

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    DENIED = "DENIED"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts."""

    kind: ActorType
    id: uuid.UUID | None = None
    label: str = ""
    org_id: uuid.UUID | None = None
    role: Role | None = None
    session_id: uuid.UUID | None = None

    @property
    def realm(self) -> Realm | None:
        """Return the side of the business that the actor is on."""
        return self.role.realm if self.role else None

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """Return the system acting for a stated reason."""
        return cls(ActorType.SYSTEM, label=reason)

    @classmethod
    def anonymous(cls) -> "Actor":
        """Return somebody who did not sign in."""
        return cls(ActorType.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a unit of work came from: for the audit and the log."""

    request_id: str = ""
    ip_address: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One security or operational act, as an action records it."""

    action: str
    resource_type: str
    resource_id: str | None
    outcome: Outcome
    org_id: uuid.UUID | None
    metadata: Mapping[str, object] = field(default_factory=dict)


class AuditSink(Protocol):
    """Writes audit events in the unit of work that they tell about. The audit feature implements it."""

    async def write(self, work: "Work", entry: AuditEntry) -> None:
        """Add the event to the unit's transaction: if it cannot be written, the act is undone too."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What an action needs: the session, the actor, the scope, the clock, and where to announce and record."""

    session: AsyncSession
    actor: Actor
    scope: Scope
    clock: Clock
    facts: Facts
    audit: AuditSink
    routes: EventRoutes
    permissions: PermissionTable
    keyring: Keyring
    filters_by_scope: bool = True

    def now(self) -> datetime:
        """Return the time of this unit's clock, aware, in UTC."""
        return self.clock.now()

    @property
    def org_id(self) -> uuid.UUID:
        """Return the organization of an organization's scope.

        Raises:
            LookupError: the unit spans organizations.
        """
        if not isinstance(self.scope, OrganizationScope):
            raise LookupError("this unit of work belongs to no single organization")
        return self.scope.org_id

    @property
    def is_platform(self) -> bool:
        """Tell whether the unit sees all organizations."""
        return isinstance(self.scope, PlatformScope)

    def can(self, permission: Permission) -> bool:
        """Tell whether the actor holds a permission (the system holds all)."""
        return self.actor.kind is ActorType.SYSTEM or self.permissions.allows(self.actor.role, permission)

    async def emit(self, event: Event) -> None:
        """Announce what happened: one outbox row for each subscriber, in this transaction."""
        now = self.now()
        for consumer in self.routes.consumers(type(event)):
            self.session.add(
                OutboxMessage(
                    org_id=event.org_id,
                    topic=event.topic,
                    consumer=consumer,
                    payload=event.model_dump(mode="json"),
                    request_id=self.facts.request_id or None,
                    created_at=now,
                )
            )
        await self.session.flush()

    async def record(
        self,
        action: str,
        *,
        resource: tuple[str, uuid.UUID | str | None],
        org_id: uuid.UUID | None = None,
        outcome: Outcome = Outcome.SUCCESS,
        metadata: Mapping[str, object] | None = None,
    ) -> None:
        """Write an audit event in this transaction.

        Args:
            action: ``entity.past_participle``, such as ``project.created``.
            resource: its type and id.
            org_id: the organization that it concerns; by default the scope's, if it has one.
            outcome: how it ended.
            metadata: what else an auditor needs; never a secret.
        """
        owner = org_id or (self.scope.org_id if isinstance(self.scope, OrganizationScope) else None)
        kind, identifier = resource
        await self.audit.write(
            self,
            AuditEntry(
                action=action,
                resource_type=kind,
                resource_id=str(identifier) if identifier is not None else None,
                outcome=outcome,
                org_id=owner,
                metadata=dict(metadata or {}),
            ),
        )


@dataclass(frozen=True, slots=True)
class Foundation:
    """What every unit of work of a process shares."""

    database: Database
    clock: Clock
    audit: AuditSink
    routes: EventRoutes
    permissions: PermissionTable
    keyring: Keyring

    @asynccontextmanager
    async def unit(self, actor: Actor, scope: Scope, facts: Facts | None = None) -> AsyncIterator[Work]:
        """Open a unit of work; commit when the block ends well, roll back when it raises."""
        async with self.database.session(scope) as session, session.begin():
            yield Work(
                session=session,
                actor=actor,
                scope=scope,
                clock=self.clock,
                facts=facts or Facts(),
                audit=self.audit,
                routes=self.routes,
                permissions=self.permissions,
                keyring=self.keyring,
                filters_by_scope=self.database.filters_by_scope,
            )


@dataclass(frozen=True, slots=True)
class Units:
    """Opens units of work for one caller: for actions in phases, with the outside between two transactions."""

    foundation: Foundation
    actor: Actor
    scope: Scope | None
    facts: Facts

    @asynccontextmanager
    async def open(self, scope: Scope | None = None, *, actor: Actor | None = None) -> AsyncIterator[Work]:
        """Open a unit in the caller's scope, or in a given one.

        Raises:
            LookupError: an anonymous caller has no scope of their own, and none was given.
        """
        chosen = scope or self.scope
        if chosen is None:
            raise LookupError("an anonymous caller has no scope of their own")
        async with self.foundation.unit(actor or self.actor, chosen, self.facts) as work:
            yield work

    @property
    def clock(self) -> Clock:
        """Return the clock of the units."""
        return self.foundation.clock
