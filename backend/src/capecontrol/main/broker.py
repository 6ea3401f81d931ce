"""Dramatiq on Redis: the wake-up of workers. All of it may be lost at any moment; the outbox table has the truth."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from redis.backoff import NoBackoff
from redis.retry import Retry

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.relay import DueMessage
from capecontrol.main.redis_address import RedisAddress

NAMESPACE = "capecontrol"
#: How many ids of a lane may wait in Redis. More would only be repetitions: the relay hands an id over again after a
#: while.
BACKLOG_MAX = 200
#: A process without a sign of life for so long has lost its messages. Dramatiq's default is a minute, and it looks
#: for the dead in 1 of 1,000 commands only: a killed worker's messages came back after 2 to 17 minutes (measured).
#: These two bring them back in 17 to 27 s; the relay is faster, so they only keep Redis tidy.
WORKER_DEAD_MILLISECONDS = 15_000
MAINTENANCE_PER_MILLION = 100_000
DEADLINE_SECONDS = 5.0


def queue_name(lane: Lane) -> str:
    """Return the queue of a lane: one for each, so that the ids of a full lane stand in nobody's way.

    The default lane's is the one that the release before knows: its workers and schedulers work beside ours.
    """
    return "outbox" if lane is Lane.DEFAULT else f"outbox.{lane}"


def actor_name(lane: Lane) -> str:
    """Return the name under which a lane's messages are queued."""
    return "outbox.deliver" if lane is Lane.DEFAULT else f"outbox.deliver.{lane}"


def broker_url(redis_url: str) -> str:
    """Return the address of the broker's own database: the one after that of caches and counters.

    Dramatiq's maintenance lists all keys of its database, so it should hold nothing else.
    """
    address = RedisAddress.parse(redis_url)
    return address.at(address.database + 1)


def build_broker(redis_url: str, lanes: Iterable[Lane] = Lane) -> RedisBroker:
    """Return a broker without middleware: the outbox table owns retries, deadlines and dead letters.

    Nothing is connected yet.

    Args:
        redis_url: the installation's Redis.
        lanes: those whose queues it knows.
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
    for lane in lanes:
        broker.declare_queue(queue_name(lane))
    return broker


class BrokerQueue:
    """The relay's way to the workers (a ``core.outbox.relay.Queue``)."""

    def __init__(self, broker: RedisBroker) -> None:
        """Take a broker that knows the queues of all lanes."""
        self._broker = broker

    async def room(self) -> Mapping[Lane, int]:
        """Return how many more ids should wait in Redis now, by lane.

        Raises:
            RedisError: Redis is away.
        """
        waiting = await asyncio.to_thread(self._lengths)
        return {lane: max(0, BACKLOG_MAX - length) for lane, length in waiting.items()}

    async def put(self, due: Sequence[DueMessage]) -> None:
        """Queue ids, each in its lane; a message carries nothing else.

        Raises:
            RedisError: Redis is away; some may have been queued.
        """
        await asyncio.to_thread(self._put, due)

    def _lengths(self) -> dict[Lane, int]:
        with self._broker.client.pipeline(transaction=False) as pipeline:
            for lane in Lane:
                pipeline.llen(f"{NAMESPACE}:{queue_name(lane)}")
            return dict(zip(Lane, map(int, pipeline.execute()), strict=True))

    def _put(self, due: Sequence[DueMessage]) -> None:
        for message in due:
            self._broker.enqueue(
                dramatiq.Message(
                    queue_name=queue_name(message.lane),
                    actor_name=actor_name(message.lane),
                    args=(str(message.id),),
                    kwargs={},
                    options={},
                )
            )
