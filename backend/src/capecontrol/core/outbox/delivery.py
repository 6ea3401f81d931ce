"""One attempt to hand a message to its consumer, and what a consumer may do with it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.clock import Clock
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.events import Event
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import caller_context
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

COMPLETE = """
update outbox set done_at = now(), lease_until = null, last_error = null
where id = :id and lease_token = :token and done_at is null returning id
"""
# What is gone counts as done: nobody claims it again.
FORGET = """
delete from outbox where id = :id and lease_token = :token and done_at is null returning id
"""


class ConsumerUnknown(LookupError):
    """This release has no such consumer, or none for what the message is about. It is kept for one that has."""


class GiveUp(Exception):
    """A consumer's word that trying again will not help: the message goes to the dead letters at once.

    The text is kept with the message: it must name no secret.
    """


class LeaseLost(RuntimeError):
    """Another worker took the message over: this attempt's effects are rolled back."""


@dataclass(slots=True)
class Delivery:
    """A consumer's view of its message.

    ``message_id`` is the same at every attempt: give it to the outside as the idempotency key.
    """

    factory: UnitOfWorkFactory
    ports: Ports
    message_id: uuid.UUID
    lease_token: uuid.UUID
    consumer: str
    org_id: uuid.UUID | None
    attempt: int
    origin: Origin = field(default_factory=Origin)
    is_completed: bool = False
    is_lost: bool = False
    _announced: list[Event] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """Return the clock of the units."""
        return self.factory.clock

    def log_context(self) -> dict[str, str]:
        """Return what lines of the log say while this is delivered: the request that caused it, who acts, for whom."""
        context = caller_context(Actor.system(self.consumer))
        if self.origin.request_id:
            context["request_id"] = self.origin.request_id
        return context if self.org_id is None else {**context, "org_id": str(self.org_id)}

    @property
    def scope(self) -> Scope:
        """Return the scope of the event: its organization, or the platform."""
        return OrganizationScope(self.org_id) if self.org_id else PlatformScope(self.consumer)

    @asynccontextmanager
    async def phase(self, scope: Scope | None = None) -> AsyncIterator[UnitOfWork]:
        """Open an intermediate unit of work: it commits, the message stays open."""
        async with self.factory.unit(Actor.system(self.consumer), scope or self.scope, self.origin) as work:
            yield work

    @asynccontextmanager
    async def completing(self, scope: Scope | None = None, *, forget: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open the last unit of work: its effects and the message's completion commit together.

        So a message delivered twice has its effect once.

        Args:
            scope: another than the message's own: the platform's.
            forget: whether the message is deleted now and not after ``KEEP_DONE``, since it holds what nobody who is
                signed in has given us.

        Raises:
            LeaseLost: another attempt was faster; nothing of this block is kept.
            ValueError: the scope cannot see the message, so it could not complete it.
        """
        if scope is not None and scope != self.scope and not isinstance(scope, PlatformScope):
            raise ValueError("a message is completed in its own scope or the platform's")
        async with self.phase(scope) as work:
            done = await work.session.execute(
                text(FORGET if forget else COMPLETE), {"id": self.message_id, "token": self.lease_token}
            )
            if done.first() is None:
                raise LeaseLost(str(self.message_id))
            yield work
        self.is_completed = True

    def announce_when_done(self, event: Event) -> None:
        """Announce an event together with the message's completion, for a consumer whose effect lies outside.

        The completion is tried again while the database is away, which the outward act must not be.
        """
        self._announced.append(event)

    async def finish(self) -> None:
        """Mark the message done when its consumer did not do so itself."""
        if not self.is_completed:
            async with self.completing() as work:
                for event in self._announced:
                    await work.emit(event)
