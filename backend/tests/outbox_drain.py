"""Delivers the outbox within a test, with the product's own relay and runner."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import EventRegistry, SlotDue
from capecontrol.core.outbox.relay import DueMessage, Relay
from capecontrol.core.outbox.runner import Runner
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory


class Nowhere:
    """A queue that leaves the ids to whoever swept."""

    async def room(self) -> Mapping[Lane, int]:
        return dict.fromkeys(Lane, 1000)

    async def put(self, due: Sequence[DueMessage]) -> None:
        del due


class Drain:
    """Call it, and what is due has been delivered, and what that announced, too."""

    def __init__(self, factory: UnitOfWorkFactory, registry: EventRegistry, ports: Ports) -> None:
        self._factory = factory
        self.runner = Runner(factory, registry, ports)

    async def __call__(self, *, rounds: int = 20, only: Collection[str] | None = None) -> int:
        """Deliver until nothing is due, or nothing of some consumers; return how many messages were completed."""
        completed = 0
        for _ in range(rounds):
            found = await Relay(self._factory, Nowhere()).sweep()
            if only is not None:
                found = await self._of(found, only)
            if not found:
                return completed
            for message in found:
                completed += await self.runner.run(message.id)
        raise AssertionError("the outbox does not come to rest")

    async def _of(self, found: Sequence[DueMessage], only: Collection[str]) -> list[DueMessage]:
        async with self._factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            rows = await work.session.execute(text("select id, consumer from outbox"))
            consumers = {row.id: row.consumer for row in rows}
            # The others are due again: nobody has taken them.
            await work.session.execute(text("update outbox set enqueued_at = null where done_at is null"))
        return [message for message in found if consumers[message.id] in only]

    async def slot(self, job: str) -> None:
        """Let a slot of a job of the schedule come, and deliver it and what it announced."""
        event = SlotDue(slot=1)
        async with self._factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            work.session.add(
                OutboxMessage(
                    topic=event.topic,
                    consumer=job,
                    payload=event.model_dump(mode="json"),
                    created_at=work.now(),
                )
            )
        assert await self() >= 1, f"{job} was not delivered"

    async def make_due(self) -> None:
        """Forget back-off and leases, as if their time had passed."""
        async with self._factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            await work.session.execute(
                text("update outbox set available_at = now(), lease_until = null, enqueued_at = null")
            )

    async def pending(self) -> list[str]:
        """Return the consumers of messages that are neither done nor dead."""
        async with self._factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            rows = await work.session.execute(
                text("select consumer from outbox where done_at is null and dead_at is null order by id")
            )
            return list(rows.scalars())
