"""The worker process: delivers messages of the outbox. Any number may run.

Dramatiq's threads take ids from Redis and wait while the one event loop of the process delivers them; loop and engine
belong to the process that uses them. When Redis is away the worker asks PostgreSQL itself, so that deliveries go on
without the wake-up.
"""

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import dramatiq
import structlog
from dramatiq.brokers.redis import RedisBroker

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.outbox.relay import DueMessage, Relay
from capecontrol.core.outbox.runner import Lease, Runner
from capecontrol.core.ports import Ports
from capecontrol.core.processes import Places, ProcessKind
from capecontrol.core.secret_keys.follower import RingFollower
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.interface import BusinessFollower
from capecontrol.main.background import await_database, is_database_ours, run_background
from capecontrol.main.broker import actor_name, build_broker, queue_name
from capecontrol.main.heartbeat import Heartbeat, ProcessIdentity
from capecontrol.main.metrics import serving_metrics
from capecontrol.main.outage import Outage
from capecontrol.main.settings import Settings

log = structlog.get_logger("worker")

#: Messages at a time, by lane: what fills a lane takes no place of another. Consumers wait for mail servers and the
#: like; what costs CPU runs in pools of its own.
PLACES: Mapping[Lane, int] = {Lane.MONEY: 4, Lane.MAIL: 4, Lane.ENGINE: 4, Lane.JOBS: 2, Lane.BULK: 2, Lane.DEFAULT: 2}
#: How often an idle worker looks into Redis, at most.
POLL_MILLISECONDS = 250
#: A restart of Redis is shorter than this; after it the worker asks PostgreSQL.
PATIENCE_SECONDS = 3.0
SWEEP_SECONDS = 0.5
#: How long messages under way may take to finish when the process is told to stop; then they are given back.
GRACE_SECONDS = 15.0
LAST_SECONDS = 3.0


class Deliveries:
    """Messages that this process has under way. Also a queue of its own, for when Redis is away."""

    def __init__(self, runner: Runner, places: Mapping[Lane, int]) -> None:
        """Take a runner, and how many messages of each lane it should have under way."""
        self._runner = runner
        self._places = places
        self._tasks: dict[asyncio.Task[None], Lane] = {}

    @property
    def count(self) -> int:
        """Return how many messages are under way."""
        return len(self._tasks)

    def places(self) -> Mapping[str, Places]:
        """Return the places of each lane, and how many of them are taken."""
        lanes = list(self._tasks.values())
        return {lane: Places(busy=lanes.count(lane), total=total) for lane, total in self._places.items()}

    def begin(self, message: DueMessage) -> asyncio.Task[None]:
        """Begin to deliver a message; call it on the loop."""
        task = asyncio.create_task(self._deliver(message.id))
        self._tasks[task] = message.lane
        task.add_done_callback(self._tasks.pop)
        return task

    async def deliver(self, message: DueMessage) -> None:
        """Deliver a message and return when it is settled, one way or the other."""
        await asyncio.wait({self.begin(message)})

    async def room(self) -> Mapping[Lane, int]:
        """Return how many more messages of each lane this process should begin."""
        lanes = list(self._tasks.values())
        return {lane: max(0, total - lanes.count(lane)) for lane, total in self._places.items()}

    async def put(self, due: Sequence[DueMessage]) -> None:
        """Begin to deliver messages."""
        for message in due:
            self.begin(message)

    async def give_back(self) -> None:
        """End what is under way: other workers may have it at once."""
        rest = set(self._tasks)
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest, timeout=LAST_SECONDS)

    async def _deliver(self, message_id: uuid.UUID) -> None:
        try:
            await self._runner.run(message_id)
        except Exception as error:  # the database is away: the lease runs out, the relay finds the message again
            log.warning("message.not_settled", message_id=str(message_id), error=type(error).__name__)


class Worker:
    """A worker within a running event loop."""

    def __init__(
        self,
        factory: UnitOfWorkFactory,
        registry: EventRegistry,
        ports: Ports,
        redis_url: str,
        *,
        places: Mapping[Lane, int] = PLACES,
        lease: Lease | None = None,
        grace_seconds: float = GRACE_SECONDS,
        commit: str = "unknown",
    ) -> None:
        """Take what consumers need and where the wake-ups come from."""
        self._factory = factory
        self._ports = ports
        self._redis_url = redis_url
        self._places = places
        self._grace_seconds = grace_seconds
        self._deliveries = Deliveries(Runner(factory, registry, ports, lease), places)
        self._heartbeat = Heartbeat(
            ProcessIdentity(ProcessKind.WORKER, commit), redis_url, factory.database, self._deliveries.places
        )

    async def serve(self) -> None:
        """Deliver until cancelled; then take no more, finish what is under way within a bound, return the rest."""
        await await_database(self._factory)
        async with RingFollower(self._factory).following(), BusinessFollower(self._factory, self._ports).following():
            await self._take_from_lanes()

    async def _take_from_lanes(self) -> None:
        loop = asyncio.get_running_loop()
        # Each lane has threads of its own, and its own way to Redis.
        lanes = [self._lane(lane, places, loop) for lane, places in self._places.items()]
        for consumer in lanes:
            consumer.start()
        log.info("worker.started", places=dict(self._places))
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._heartbeat.beat())
                tasks.create_task(self._deliver_without_redis())
        finally:
            await self._stop(lanes)
            for consumer in lanes:
                cast("RedisBroker", consumer.broker).client.close()
            log.info("worker.stopped")

    def _lane(self, lane: Lane, places: int, loop: asyncio.AbstractEventLoop) -> dramatiq.Worker:
        def deliver(message_id: str) -> None:
            # The thread waits: that is how Dramatiq knows how many messages are under way.
            message = DueMessage(uuid.UUID(message_id), lane)
            asyncio.run_coroutine_threadsafe(self._deliveries.deliver(message), loop).result()

        broker = build_broker(self._redis_url, [lane])
        dramatiq.actor(actor_name=actor_name(lane), queue_name=queue_name(lane), broker=broker)(deliver)
        return dramatiq.Worker(broker, worker_threads=places, worker_timeout=POLL_MILLISECONDS)

    async def _deliver_without_redis(self) -> None:
        relay = Relay(self._factory, self._deliveries)
        outage = Outage("database")
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            if self._heartbeat.away_seconds < PATIENCE_SECONDS:
                continue
            try:
                await relay.sweep()
            except Exception as error:  # both are away: the messages wait where they are
                outage.begin(error)
            else:
                outage.end()

    async def _stop(self, lanes: Sequence[dramatiq.Worker]) -> None:
        def stop(consumer: dramatiq.Worker) -> None:
            try:
                consumer.stop(int((self._grace_seconds + LAST_SECONDS) * 1000))
            except Exception as error:  # Redis is away: what could not be returned, the relay hands over again
                log.warning("worker.queue_not_returned", error=type(error).__name__)

        # Threads that do not keep the process: without Redis, Dramatiq would wait for it to come back.
        stopping = [threading.Thread(target=stop, args=(consumer,), daemon=True) for consumer in lanes]
        for thread in stopping:
            thread.start()
        await self._wait(lambda: self._deliveries.count > 0 or self._is_returning(stopping), self._grace_seconds)
        await self._deliveries.give_back()
        await self._wait(lambda: self._is_returning(stopping), LAST_SECONDS)

    def _is_returning(self, stopping: Sequence[threading.Thread]) -> bool:
        return any(thread.is_alive() for thread in stopping) and not self._heartbeat.away_seconds

    async def _wait(self, is_busy: Callable[[], bool], timeout_seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_seconds):
                while True:
                    if not is_busy():
                        return
                    await asyncio.sleep(0.02)


def run(settings: Settings, factory: UnitOfWorkFactory, registry: EventRegistry, ports: Ports) -> None:
    """Deliver messages until told to stop."""
    configure_logging(settings.log_level)
    if not is_database_ours(settings):
        return

    async def serve() -> None:
        async with factory.database:
            redis_url = settings.redis_url.get_secret_value()
            with serving_metrics(settings, factory.database):
                await Worker(factory, registry, ports, redis_url, commit=settings.build_commit).serve()

    run_background(serve)
