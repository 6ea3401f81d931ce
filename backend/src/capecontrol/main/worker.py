"""The worker process: delivers messages of the outbox. Any number may run.

Dramatiq's threads take ids from Redis and wait while the one event loop of the process delivers them; loop and engine
belong to the process that uses them. When Redis is away the worker asks PostgreSQL itself, so that deliveries go on
without the wake-up.
"""

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Callable, Sequence

import dramatiq
import structlog
from dramatiq.brokers.redis import RedisBroker

from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.outbox.relay import Relay
from capecontrol.core.outbox.runner import Lease, Runner
from capecontrol.core.ports import Ports
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.background import await_schema, run_background
from capecontrol.main.broker import ACTOR, QUEUE, build_broker
from capecontrol.main.heartbeat import Heartbeat
from capecontrol.main.outage import Outage
from capecontrol.main.settings import Settings

log = structlog.get_logger("worker")

#: Messages at a time. Consumers wait for mail servers and the like; what costs CPU runs in pools of its own.
THREADS = 6
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

    def __init__(self, runner: Runner, *, at_a_time: int) -> None:
        """Take a runner, and how many messages it should have under way."""
        self._runner = runner
        self._at_a_time = at_a_time
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def count(self) -> int:
        """Return how many messages are under way."""
        return len(self._tasks)

    def begin(self, message_id: uuid.UUID) -> asyncio.Task[None]:
        """Begin to deliver a message; call it on the loop."""
        task = asyncio.create_task(self._deliver(message_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def deliver(self, message_id: uuid.UUID) -> None:
        """Deliver a message and return when it is settled, one way or the other."""
        await asyncio.wait({self.begin(message_id)})

    async def room(self) -> int:
        """Return how many more messages this process should begin."""
        return max(0, self._at_a_time - len(self._tasks))

    async def put(self, ids: Sequence[uuid.UUID]) -> None:
        """Begin to deliver messages."""
        for message_id in ids:
            self.begin(message_id)

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
        threads: int = THREADS,
        lease: Lease | None = None,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        """Take what consumers need and where the wake-ups come from."""
        self._factory = factory
        self._redis_url = redis_url
        self._threads = threads
        self._grace_seconds = grace_seconds
        self._heartbeat = Heartbeat("worker", redis_url)
        self._deliveries = Deliveries(Runner(factory, registry, ports, lease), at_a_time=threads)

    async def serve(self) -> None:
        """Deliver until cancelled; then take no more, finish what is under way within a bound, return the rest."""
        await await_schema(self._factory.database.engine)
        broker = build_broker(self._redis_url)
        self._declare(broker, asyncio.get_running_loop())
        consumer = dramatiq.Worker(
            broker, queues={QUEUE}, worker_threads=self._threads, worker_timeout=POLL_MILLISECONDS
        )
        consumer.start()
        log.info("worker.started", threads=self._threads)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._heartbeat.beat())
                tasks.create_task(self._deliver_without_redis())
        finally:
            await self._stop(consumer)
            broker.client.close()
            log.info("worker.stopped")

    def _declare(self, broker: RedisBroker, loop: asyncio.AbstractEventLoop) -> None:
        def deliver(message_id: str) -> None:
            # The thread waits: that is how Dramatiq knows how many messages are under way.
            asyncio.run_coroutine_threadsafe(self._deliveries.deliver(uuid.UUID(message_id)), loop).result()

        dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=broker)(deliver)

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

    async def _stop(self, consumer: dramatiq.Worker) -> None:
        def stop() -> None:
            try:
                consumer.stop(int((self._grace_seconds + LAST_SECONDS) * 1000))
            except Exception as error:  # Redis is away: what could not be returned, the relay hands over again
                log.warning("worker.queue_not_returned", error=type(error).__name__)

        # A thread that does not keep the process: without Redis, Dramatiq would wait for it to come back.
        stopping = threading.Thread(target=stop, daemon=True)
        stopping.start()
        await self._wait(lambda: self._deliveries.count > 0 or self._is_returning(stopping), self._grace_seconds)
        await self._deliveries.give_back()
        await self._wait(lambda: self._is_returning(stopping), LAST_SECONDS)

    def _is_returning(self, stopping: threading.Thread) -> bool:
        return stopping.is_alive() and not self._heartbeat.away_seconds

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

    async def serve() -> None:
        async with factory.database:
            await Worker(factory, registry, ports, settings.redis_url.get_secret_value()).serve()

    run_background(serve)
