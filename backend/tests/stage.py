"""A unit-of-work factory with consumers of the test's own, on a database of the test's own."""

import base64
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from capecontrol.core.actor import Actor
from capecontrol.core.audit import AuditEntry
from capecontrol.core.clock import SystemClock
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.events import Event
from capecontrol.core.ids import new_id
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.outbox import Outbox
from capecontrol.core.outbox.registry import EventRegistry, Scheduled, SlotDue, Subscription
from capecontrol.core.outbox.runner import Lease, Runner
from capecontrol.core.ports import Ports
from capecontrol.core.rings.master import MasterRing
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import SecretRings
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

#: All stages are one installation, however many processes they play.
KEY = base64.urlsafe_b64encode(b"of the stage, and not a secret!!").decode()
SECRET = "of-the-stage-and-not-a-secret-at-all"
SYSTEM = Actor.system("tests")
PLATFORM = PlatformScope("tests")


class OrderPlaced(Event):
    """What the tests announce."""

    topic = "tests.order_placed.v1"
    order: uuid.UUID


class OrderLost(Event):
    """What is announced when the consumer of an order has given up."""

    topic = "tests.order_lost.v1"
    order: uuid.UUID
    message_id: uuid.UUID
    was_given_up: bool


class NoAudit:
    """Records nothing."""

    async def write(self, session: AsyncSession, entry: AuditEntry) -> None:
        del session, entry


Handler = Callable[[OrderPlaced, Delivery], Awaitable[None]]


async def count_effect(event: OrderPlaced, delivery: Delivery) -> None:
    """Count in the database, in the unit that completes the message."""
    async with delivery.completing() as work:
        await add_effect(work, event.order)


async def note_loss(event: OrderLost, delivery: Delivery) -> None:
    """Hear of a loss."""
    del event, delivery


async def add_effect(work: UnitOfWork, order: uuid.UUID) -> None:
    """Write that an order had its effect: in a table without a unique key, so that doubles would show."""
    await work.session.execute(text("insert into effects (order_id) values (:id)"), {"id": order})


@dataclass
class Stage:
    """One process's view of a database."""

    url: str
    handlers: dict[str, Handler] = field(default_factory=lambda: {"tests.count": count_effect})
    jobs: Iterable[Scheduled] = ()
    #: What is announced of a message that was given up.
    on_dead: Callable[[OrderPlaced, DeadLetter], Event | None] | None = None
    lease: Lease = field(default_factory=Lease)
    #: The same database, for the login that owns its schema.
    owner_url: str = ""

    def __post_init__(self) -> None:
        self.registry = EventRegistry(
            [
                Subscription(event=OrderPlaced, consumer=name, handle=handle, on_dead=self.on_dead)
                for name, handle in self.handlers.items()
            ]
            + [Subscription(event=OrderLost, consumer="tests.note_loss", handle=note_loss)],
            self.jobs,
        )
        rings = SecretRings(SECRET, MasterRing([KEY]))
        self.factory = UnitOfWorkFactory(
            database=Database(self.url, PoolSize(size=15)),
            clock=SystemClock(),
            audit=NoAudit(),
            events=Outbox(self.registry),
            keyring=Keyring([KEY], rings[RingName.SEALING]),
            rings=rings,
        )
        self.runner = Runner(self.factory, self.registry, Ports(), self.lease)

    async def place(self, *, fails: bool = False) -> uuid.UUID:
        """Place an order: one unit of work that announces it; optionally one that is rolled back."""
        order = new_id()
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            await work.emit(OrderPlaced(order=order))
            if fails:
                raise RuntimeError("after the announcement")
        return order

    async def messages(self) -> list[uuid.UUID]:
        """Return the ids of all messages, oldest first."""
        return [uuid.UUID(str(row["id"])) for row in await self.rows()]

    async def rows(self) -> list[dict[str, object]]:
        """Return all messages, oldest first."""
        return await self.query("select * from outbox order by id")

    async def effects(self) -> list[uuid.UUID]:
        """Return the orders that had an effect, once for each."""
        return [uuid.UUID(str(row["order_id"])) for row in await self.query("select order_id from effects")]

    async def query(self, statement: str, **values: object) -> list[dict[str, object]]:
        """Run a statement as the system; return its rows, if it has any."""
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            result = await work.session.execute(text(statement), values)
            is_listing = isinstance(result, CursorResult) and result.returns_rows
            return [dict(row) for row in result.mappings()] if is_listing else []

    async def own(self, statement: str) -> None:
        """Run a statement as the owner of the tables."""
        engine = create_async_engine(self.owner_url, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.exec_driver_sql(statement)

    async def pass_time(self) -> None:
        """Make every back-off, lease and mark a thing of the past."""
        await self.query(
            "update outbox set available_at = available_at - interval '1 year', "
            "lease_until = lease_until - interval '1 year', enqueued_at = enqueued_at - interval '1 year'"
        )


def job(name: str, seconds: float, handle: Callable[[SlotDue, Delivery], Awaitable[None]]) -> Scheduled:
    """Return a job of a period in seconds."""
    return Scheduled(name, timedelta(seconds=seconds), handle)
