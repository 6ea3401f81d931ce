"""The unit of work: one transaction, one actor, one scope, one clock.

HTTP requests, background handlers and the command line open the same one, so there is one path and not three. It is
committed by whoever opened it, before any answer leaves.
"""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.audit import AuditEntry, AuditSink, Outcome
from capecontrol.core.clock import Clock
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.events import Event, EventPublisher
from capecontrol.core.ids import new_id
from capecontrol.core.problems import OrganizationNotAllowed
from capecontrol.core.rings.rings import SecretRings


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What an action needs: the transaction, the actor, the scope, the clock, and where to announce and record."""

    transaction: Transaction
    actor: Actor
    scope: Scope
    clock: Clock
    origin: Origin
    audit: AuditSink
    events: EventPublisher
    keyring: Keyring
    filters_by_scope: bool = True

    def now(self) -> datetime:
        """Return the time of this unit's clock, aware, in UTC."""
        return self.clock.now()

    @property
    def session(self) -> AsyncSession:
        """Return the session of the transaction, for objects and what is written."""
        return self.transaction.session

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

    async def emit(self, event: Event) -> None:
        """Announce what happened: one outbox row for each subscriber, in this transaction."""
        await self.events.publish(self.transaction, event, at=self.now(), request_id=self.origin.request_id or None)

    async def record(
        self,
        action: str,
        *,
        resource: tuple[str, uuid.UUID | str | None],
        org_id: uuid.UUID | None = None,
        outcome: Outcome = Outcome.SUCCESS,
        metadata: Mapping[str, object] | None = None,
        at: datetime | None = None,
    ) -> uuid.UUID:
        """Write an audit event in this transaction, and return its id.

        Args:
            action: ``entity.past_participle``, such as ``project.created``.
            resource: its type and id.
            org_id: the organization that it concerns; by default the scope's, if it has one.
            outcome: how it ended.
            metadata: what else an auditor needs; never a secret.
            at: when it happened, if that was before this unit of work.
        """
        owner = org_id or (self.scope.org_id if isinstance(self.scope, OrganizationScope) else None)
        kind, identifier = resource
        entry = AuditEntry(
            actor=self.actor,
            origin=self.origin,
            occurred_at=at or self.now(),
            action=action,
            resource_type=kind,
            resource_id=str(identifier) if identifier is not None else None,
            outcome=outcome,
            org_id=owner,
            metadata=dict(metadata or {}),
        )
        await self.audit.write(self.transaction, entry)
        return entry.id


@dataclass(frozen=True, slots=True)
class UnitOfWorkFactory:
    """What every unit of work of a process shares."""

    database: Database
    clock: Clock
    audit: AuditSink
    events: EventPublisher
    keyring: Keyring
    rings: SecretRings

    @asynccontextmanager
    async def unit(
        self, actor: Actor, scope: Scope, origin: Origin | None = None, *, may_linger: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work; commit when the block ends well, roll back when it raises.

        ``may_linger``: one that has only read may be ended behind its block, as ``Database.transaction`` says.
        """
        async with self.database.transaction(scope, self.clock.now, may_linger=may_linger) as transaction:
            yield UnitOfWork(
                transaction=transaction,
                actor=actor,
                scope=scope,
                clock=self.clock,
                origin=origin or Origin(),
                audit=self.audit,
                events=self.events,
                keyring=self.keyring,
                filters_by_scope=self.database.filters_by_scope,
            )


@dataclass(frozen=True, slots=True)
class Units:
    """Opens units of work for one caller: for actions in phases, with the outside between two transactions.

    ``operation_id`` is the same at every attempt of one operation (a request that is repeated under its
    Idempotency-Key), so that an action which was left half-done finds what it made: give it to what is made as its id,
    or to the outside as its idempotency key. ``is_repeat`` tells that an earlier attempt began and was not answered.
    """

    factory: UnitOfWorkFactory
    actor: Actor
    scope: Scope | None
    origin: Origin
    operation_id: uuid.UUID = field(default_factory=new_id)
    is_repeat: bool = False

    @asynccontextmanager
    async def open(self, scope: Scope | None = None, *, actor: Actor | None = None) -> AsyncIterator[UnitOfWork]:
        """Open a unit in the caller's scope, or in a given one.

        Raises:
            LookupError: an anonymous caller has no scope of their own, and none was given.
        """
        chosen = scope or self.scope
        if chosen is None:
            raise LookupError("an anonymous caller has no scope of their own")
        async with self.factory.unit(actor or self.actor, chosen, self.origin) as work:
            yield work

    def of_organization(self, org_id: uuid.UUID) -> "Units":
        """Return the units of the organization for which a key acts this time.

        That the organization exists, is active and may use the app is for the caller to look up.

        Raises:
            OrganizationNotAllowed: the actor's key is not for it. Said of unknown organizations, too.
        """
        if self.actor.key is None or not self.actor.key.is_for(org_id):
            raise OrganizationNotAllowed()
        return replace(self, scope=OrganizationScope(org_id))

    @property
    def clock(self) -> Clock:
        """Return the clock of the units."""
        return self.factory.clock
