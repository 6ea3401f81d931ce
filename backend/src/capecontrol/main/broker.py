"""Dramatiq on Redis: the wake-up of workers. All of it may be lost at any moment; the outbox table has the truth."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import urlsplit, urlunsplit

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from redis.backoff import NoBackoff
from redis.retry import Retry

NAMESPACE = "capecontrol"
QUEUE = "outbox"
ACTOR = "outbox.deliver"
#: How many ids may wait in Redis. More would only be repetitions: the relay hands an id over again after a while.
BACKLOG_MAX = 500
#: A process without a sign of life for so long has lost its messages. Dramatiq's default is a minute, and it looks
#: for the dead in 1 of 1,000 commands only: a killed worker's messages came back after 2 to 17 minutes (measured).
#: These two bring them back in 17 to 27 s; the relay is faster, so they only keep Redis tidy.
WORKER_DEAD_MILLISECONDS = 15_000
MAINTENANCE_PER_MILLION = 100_000
DEADLINE_SECONDS = 5.0


def broker_url(redis_url: str) -> str:
    """Return the address of the broker's own database: the one after that of caches and counters.

    Dramatiq's maintenance lists all keys of its database, so it should hold nothing else.
    """
    parts = urlsplit(redis_url)
    number = parts.path.strip("/")
    return urlunsplit(parts._replace(path=f"/{int(number or 0) + 1}"))


def build_broker(redis_url: str) -> RedisBroker:
    """Return a broker without middleware: the outbox table owns retries, deadlines and dead letters.

    Nothing is connected yet.

    Args:
        redis_url: the installation's Redis.
    """
    client = redis.Redis.from_url(
        broker_url(redis_url),
        socket_timeout=DEADLINE_SECONDS,
        socket_connect_timeout=2.0,
        # One more try for a connection that the server closed meanwhile; waiting is the caller's business.
        retry=Retry(NoBackoff(), 1),
    )
    build = cast("Callable[..., RedisBroker]", RedisBroker)
    broker = build(
        client=client,
        middleware=[],
        namespace=NAMESPACE,
        heartbeat_timeout=WORKER_DEAD_MILLISECONDS,
        maintenance_chance=MAINTENANCE_PER_MILLION,
    )
    broker.declare_queue(QUEUE)
    return broker


class BrokerQueue:
    """The relay's way to the workers (a ``core.outbox.relay.Queue``)."""

    def __init__(self, broker: RedisBroker) -> None:
        """Take a broker."""
        self._broker = broker

    async def room(self) -> int:
        """Return how many more ids should wait in Redis now.

        Raises:
            RedisError: Redis is away.
        """
        return max(0, BACKLOG_MAX - await asyncio.to_thread(self._length))

    async def put(self, ids: Sequence[uuid.UUID]) -> None:
        """Queue ids; a message carries nothing else.

        Raises:
            RedisError: Redis is away; some may have been queued.
        """
        await asyncio.to_thread(self._put, ids)

    def _length(self) -> int:
        return int(cast("int", self._broker.client.llen(f"{NAMESPACE}:{QUEUE}")))

    def _put(self, ids: Sequence[uuid.UUID]) -> None:
        for identifier in ids:
            self._broker.enqueue(
                dramatiq.Message(queue_name=QUEUE, actor_name=ACTOR, args=(str(identifier),), kwargs={}, options={})
            )
