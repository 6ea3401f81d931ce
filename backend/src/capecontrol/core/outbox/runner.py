"""Runs one message: claim it, call its consumer, settle it. The table owns retries, leases and dead letters."""

import asyncio
import secrets
import uuid
from datetime import timedelta

import structlog
from sqlalchemy import text

from capecontrol.core.crypto import SealBroken
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.delivery import Delivery, GiveUp, LeaseLost
from capecontrol.core.ports import Ports
from capecontrol.core.work import Actor, Facts, Foundation

log = structlog.get_logger("outbox")

#: How long one attempt may take. Consumers' own deadlines towards the outside must be shorter.
LEASE = timedelta(seconds=90)
#: How long to wait after the n-th failed attempt, in seconds; after the last one the message is dead (about 3 days).
BACKOFF_SECONDS = (2, 5, 15, 60, 300, 1800, 7200, 18000, 36000, 86400, 86400)

CLAIM = """
update outbox set lease_until = now() + :lease, lease_token = :token, attempts = attempts + 1
where id = :id and done_at is null and dead_at is null and available_at <= now()
  and (lease_until is null or lease_until < now())
returning org_id, topic, consumer, payload, request_id, attempts
"""
RETRY = """
update outbox set lease_until = null, enqueued_at = null, last_error = :error,
  available_at = now() + make_interval(secs => :wait), dead_at = case when :dead then now() end
where id = :id and lease_token = :token and done_at is null
"""


class Runner:
    """Delivers messages by id."""

    def __init__(self, foundation: Foundation, ports: Ports) -> None:
        """Take what consumers need."""
        self._foundation = foundation
        self._ports = ports

    async def run(self, message_id: uuid.UUID) -> bool:
        """Deliver one message, unless it is done, leased, or not yet due; tell whether it was completed."""
        token = uuid.uuid4()
        system = Actor.system("outbox")
        async with self._foundation.unit(system, PlatformScope("outbox: claim a message")) as work:
            claimed = await work.session.execute(text(CLAIM), {"id": message_id, "token": token, "lease": LEASE})
            row = claimed.mappings().first()
        if row is None:
            return False
        delivery = Delivery(
            foundation=self._foundation,
            ports=self._ports,
            message_id=message_id,
            lease_token=token,
            consumer=row["consumer"],
            org_id=row["org_id"],
            attempt=row["attempts"],
            facts=Facts(request_id=row["request_id"] or ""),
        )
        bound = log.bind(
            message_id=str(message_id), topic=row["topic"], consumer=row["consumer"], attempt=row["attempts"]
        )
        try:
            # Shorter than the lease, so that an attempt ends before another may begin.
            async with asyncio.timeout(LEASE.total_seconds() - 10):
                await self._handle(row["payload"], delivery)
            bound.info("message.delivered")
            return True
        except LeaseLost:
            bound.warning("message.lease_lost")
        except Exception as error:  # whatever a consumer raises is settled here, as a retry or a dead letter
            await self._settle(delivery, error)
            bound.warning("message.failed", error=type(error).__name__, exc_info=not isinstance(error, GiveUp))
        return False

    async def _handle(self, payload: dict[str, object], delivery: Delivery) -> None:
        subscription = self._foundation.routes.subscription(delivery.consumer)
        if subscription is None:
            # A row of another release: keep it for a worker that knows the consumer.
            raise LookupError(f"no consumer named {delivery.consumer}")
        await subscription.handle(subscription.event.model_validate(payload), delivery)
        await delivery.finish()

    async def _settle(self, delivery: Delivery, error: Exception) -> None:
        spent = delivery.attempt > len(BACKOFF_SECONDS)
        dead = spent or isinstance(error, GiveUp | SealBroken)
        wait = BACKOFF_SECONDS[min(delivery.attempt, len(BACKOFF_SECONDS)) - 1]
        system = Actor.system("outbox")
        async with self._foundation.unit(system, PlatformScope("outbox: settle a failed attempt")) as work:
            await work.session.execute(
                text(RETRY),
                {
                    "id": delivery.message_id,
                    "token": delivery.lease_token,
                    # Only the kind of error: its text may hold what must not be kept.
                    "error": str(error)[:500] if isinstance(error, GiveUp) else type(error).__name__,
                    "wait": wait * (0.8 + secrets.randbelow(400) / 1000),
                    "dead": dead,
                },
            )
