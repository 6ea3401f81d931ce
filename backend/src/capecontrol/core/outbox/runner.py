"""Runs one message: claim it, call its consumer, settle it. The table owns retries, leases and dead letters."""

import asyncio
import contextlib
import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import text

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.error_places import places_of
from capecontrol.core.events import Event
from capecontrol.core.metrics import DELIVERY_SECONDS
from capecontrol.core.outbox.dead_letter import DeadLetter
from capecontrol.core.outbox.delivery import ConsumerUnknown, Delivery, GiveUp, LeaseLost
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory

log = structlog.get_logger("outbox")

#: How long to wait after the n-th failed attempt, in seconds; after the last one the message is dead. About four days,
#: and never less than three, by which each wait is up to a fifth shorter or longer: an outside that is away over a long
#: weekend ends no message, and once it is back each goes out within a quarter of a day.
BACKOFF_SECONDS = (2, 5, 15, 60, 300, 1800, 7200, 18000, *[21600] * 14)
#: A message that was claimed this often and never settled kills its workers.
ABANDONED_ATTEMPTS = 30
FINISH_AGAIN_SECONDS = 0.3

CLAIM = """
update outbox set lease_until = now() + :lease, lease_token = :token, attempts = attempts + 1
where id = :id and done_at is null and dead_at is null and available_at <= now()
  and (lease_until is null or lease_until < now())
returning org_id, topic, consumer, payload, request_id, attempts
"""
# A message that this attempt has just completed still carries its token: that is not a loss.
RENEW = """
update outbox set lease_until = case when done_at is null then now() + :lease end
where id = :id and lease_token = :token returning id
"""
RETRY = """
update outbox set lease_until = null, enqueued_at = null, last_error = :error,
  available_at = now() + make_interval(secs => :wait), dead_at = case when :dead then now() end
where id = :id and lease_token = :token and done_at is null returning id
"""
GIVE_BACK = """
update outbox set lease_until = null, enqueued_at = null, attempts = attempts - 1
where id = :id and lease_token = :token and done_at is null returning id
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """How an attempt holds its message.

    ``length`` is how long a killed worker's message waits; the lease is renewed while the attempt goes on, so it says
    nothing about how long that may take: ``attempt_seconds`` does. Consumers' own deadlines must be shorter.
    """

    length: timedelta = timedelta(seconds=10)
    renew_seconds: float = 3.0
    attempt_seconds: float = 90.0


class Abandoned(RuntimeError):
    """No attempt ever came to an end: the message seems to kill whoever takes it."""


class Runner:
    """Delivers messages by id."""

    def __init__(
        self, factory: UnitOfWorkFactory, registry: EventRegistry, ports: Ports, lease: Lease | None = None
    ) -> None:
        """Take what consumers need."""
        self._factory = factory
        self._registry = registry
        self._ports = ports
        self._lease = lease or Lease()

    async def run(self, message_id: uuid.UUID) -> bool:
        """Deliver one message, unless it is done, leased, or not yet due; tell whether it was completed.

        Cancelling gives the message back: another worker has it at once.

        Raises:
            Exception: the database could not be reached; the lease runs out and the message is delivered again.
        """
        claimed = await self._claim(message_id)
        if claimed is None:
            return False
        delivery, payload, topic = claimed
        with structlog.contextvars.bound_contextvars(**delivery.log_context()):
            return await self._deliver(delivery, payload, topic)

    async def _deliver(self, delivery: Delivery, payload: Mapping[str, object], topic: str) -> bool:
        lane, began, outcome = self._registry.lane(delivery.consumer), time.perf_counter(), "failed"
        bound = log.bind(
            message_id=str(delivery.message_id), topic=topic, consumer=delivery.consumer, attempt=delivery.attempt
        )
        try:
            await self._attempt(payload, delivery)
            outcome = "delivered"
            bound.info("message.delivered")
            return True
        except LeaseLost:
            outcome = "lost"
            bound.warning("message.lease_lost")
        except asyncio.CancelledError:
            outcome = "given_back"
            await self._settle(GIVE_BACK, delivery)
            bound.info("message.given_back")
            raise
        except Exception as error:  # whatever a consumer raises is settled here, as a retry or a dead letter
            is_dead = await self._fail(payload, delivery, error)
            outcome = "dead" if is_dead else "failed"
            bound.log(
                40 if is_dead else 30,
                "message.dead" if is_dead else "message.failed",
                error=type(error).__name__,
                where=None if isinstance(error, GiveUp | ConsumerUnknown) else places_of(error),
            )
        finally:
            DELIVERY_SECONDS.labels(lane, outcome).observe(time.perf_counter() - began)
        return False

    async def _claim(self, message_id: uuid.UUID) -> tuple[Delivery, Mapping[str, object], str] | None:
        token = uuid.uuid4()
        async with self._unit("claim a message") as work:
            answer = await work.session.execute(
                text(CLAIM), {"id": message_id, "token": token, "lease": self._lease.length}
            )
            row = answer.mappings().first()
        if row is None:
            return None
        delivery = Delivery(
            factory=self._factory,
            ports=self._ports,
            message_id=message_id,
            lease_token=token,
            consumer=row["consumer"],
            org_id=row["org_id"],
            attempt=row["attempts"],
            origin=Origin(request_id=row["request_id"] or ""),
        )
        return delivery, row["payload"], row["topic"]

    async def _attempt(self, payload: Mapping[str, object], delivery: Delivery) -> None:
        if delivery.attempt > ABANDONED_ATTEMPTS:
            raise Abandoned
        try:
            async with asyncio.timeout(self._lease.attempt_seconds) as deadline:
                keeper = asyncio.create_task(self._keep(delivery, deadline))
                try:
                    await self._handle(payload, delivery)
                finally:
                    keeper.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await keeper
        except TimeoutError:
            if delivery.is_lost:
                raise LeaseLost(str(delivery.message_id)) from None
            raise

    async def _handle(self, payload: Mapping[str, object], delivery: Delivery) -> None:
        subscription = self._registry.subscription(delivery.consumer)
        if subscription is None:
            raise ConsumerUnknown(delivery.consumer)
        await subscription.handle(subscription.read(payload), delivery)
        await self._finish(delivery)

    async def _finish(self, delivery: Delivery) -> None:
        """Mark the message done: what went outward is not sent again because the database was away for a moment."""
        while True:
            try:
                return await delivery.finish()
            except LeaseLost:
                raise
            except Exception as error:  # the attempt's deadline ends this, or the loss of the lease
                log.warning("message.not_yet_done", message_id=str(delivery.message_id), error=type(error).__name__)
                await asyncio.sleep(FINISH_AGAIN_SECONDS)

    async def _keep(self, delivery: Delivery, deadline: asyncio.Timeout) -> None:
        """Renew the lease while the attempt goes on; end the attempt when another has taken the message over."""
        parameters = {"id": delivery.message_id, "token": delivery.lease_token, "lease": self._lease.length}
        while True:
            await asyncio.sleep(self._lease.renew_seconds)
            try:
                async with self._unit("renew a lease") as work:
                    held = (await work.session.execute(text(RENEW), parameters)).first() is not None
            except Exception as error:  # the database is away: the token decides when it is back
                log.warning(
                    "message.lease_not_renewed", message_id=str(delivery.message_id), error=type(error).__name__
                )
                continue
            if not held:
                delivery.is_lost = True
                deadline.reschedule(asyncio.get_running_loop().time())
                return

    async def _fail(self, payload: Mapping[str, object], delivery: Delivery, error: Exception) -> bool:
        spent = delivery.attempt > len(BACKOFF_SECONDS)
        is_dead = spent or isinstance(error, GiveUp)
        wait = BACKOFF_SECONDS[min(delivery.attempt, len(BACKOFF_SECONDS)) - 1]
        await self._settle(
            RETRY,
            delivery,
            # Only the kind of error: its text may hold what must not be kept.
            error=str(error)[:500] if isinstance(error, GiveUp) else type(error).__name__,
            wait=wait * (0.8 + secrets.randbelow(400) / 1000),
            dead=is_dead,
            death=self._death(payload, delivery, was_given_up=isinstance(error, GiveUp)) if is_dead else None,
        )
        return is_dead

    def _death(self, payload: Mapping[str, object], delivery: Delivery, *, was_given_up: bool) -> Event | None:
        """Return what is announced of a message's death."""
        subscription = self._registry.subscription(delivery.consumer)
        if subscription is None or subscription.on_dead is None:
            return None
        letter = DeadLetter(delivery.message_id, delivery.org_id, was_given_up)
        try:
            return subscription.on_dead(subscription.read(payload), letter)
        except Exception as error:  # what cannot be read is dead all the same, and stands among the dead letters
            log.error("message.death_not_announced", message_id=str(delivery.message_id), error=type(error).__name__)
            return None

    async def _settle(
        self, statement: str, delivery: Delivery, *, death: Event | None = None, **values: object
    ) -> None:
        async with self._unit("settle an attempt") as work:
            settled = await work.session.execute(
                text(statement), {"id": delivery.message_id, "token": delivery.lease_token, **values}
            )
            # Who lost the lease settles nothing: another attempt is under way.
            if values.get("dead") and settled.first() is not None:
                note_change(work, Topic.SYSTEM, delivery.message_id, is_for_clients=False)
                if death is not None:
                    await work.emit(death)

    def _unit(self, reason: str) -> contextlib.AbstractAsyncContextManager[UnitOfWork]:
        return self._factory.unit(Actor.system("outbox"), PlatformScope(f"outbox: {reason}"))
