"""The scheduler process: hands due messages to workers and claims the slots of the schedule. Any number may run."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from capecontrol.core.metrics import OUTBOX_LAST_LOOK, SCHEDULE_LAST_TICK
from capecontrol.core.outbox.notify import CHANNEL
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.outbox.relay import REQUEUE_SECONDS, Relay
from capecontrol.core.outbox.schedule import Schedule
from capecontrol.core.processes import ProcessKind
from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.background import await_database, is_database_ours, run_background
from capecontrol.main.broker import BrokerQueue, build_broker
from capecontrol.main.heartbeat import Heartbeat, ProcessIdentity
from capecontrol.main.metrics import serving_metrics
from capecontrol.main.outage import Outage
from capecontrol.main.outbox_gauges import LOOK_SECONDS, OutboxGauges
from capecontrol.main.settings import Settings
from capecontrol.main.system import BrokerQueues

log = structlog.get_logger("scheduler")

SWEEP_SECONDS = 0.5
TICK_SECONDS = 1.0
LISTEN_SECONDS = 2.0
AWAY_SECONDS = 1.0
BATCH = 200


class Scheduler:
    """A scheduler within a running event loop."""

    def __init__(
        self,
        factory: UnitOfWorkFactory,
        registry: EventRegistry,
        redis_url: str,
        *,
        requeue_seconds: float = REQUEUE_SECONDS,
        commit: str = "unknown",
        gauges: OutboxGauges | None = None,
    ) -> None:
        """Take the jobs, and the way to the workers."""
        self._factory = factory
        self._redis_url = redis_url
        self._requeue_seconds = requeue_seconds
        self._heartbeat = Heartbeat(ProcessIdentity(ProcessKind.SCHEDULER, commit), redis_url, factory.database)
        self._jobs = len(registry.schedule)
        self._schedule = Schedule(factory, registry)
        self._hint = asyncio.Event()
        self._gauges = gauges

    async def serve(self) -> None:
        """Sweep and tick until cancelled. Each step is one transaction, so stopping at any moment is in order."""
        engine = self._factory.database.engine
        await await_database(self._factory)
        broker = build_broker(self._redis_url)
        relay = Relay(self._factory, BrokerQueue(broker), requeue_seconds=self._requeue_seconds)
        log.info("scheduler.started", jobs=self._jobs)
        # One that never succeeds must show as old, and not as one that is no scheduler.
        SCHEDULE_LAST_TICK.set_to_current_time()
        if self._gauges is not None:
            OUTBOX_LAST_LOOK.set_to_current_time()

        async def sweep() -> None:
            while len(await relay.sweep(BATCH)) >= BATCH:
                pass  # there is more than one batch
            await self._wait_for_hint()

        async def tick() -> None:
            await self._schedule.tick()
            await asyncio.sleep(TICK_SECONDS)

        async def look(gauges: OutboxGauges) -> None:
            await gauges.look()
            await asyncio.sleep(LOOK_SECONDS)

        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._heartbeat.beat())
                tasks.create_task(repeat("relay", sweep))
                tasks.create_task(repeat("schedule", tick))
                tasks.create_task(repeat("listener", lambda: self._listen(engine)))
                if (gauges := self._gauges) is not None:
                    tasks.create_task(repeat("metrics", lambda: look(gauges)))
        finally:
            broker.client.close()
            log.info("scheduler.stopped")

    async def _wait_for_hint(self) -> None:
        try:
            async with asyncio.timeout(SWEEP_SECONDS):
                await self._hint.wait()
        except TimeoutError:
            return
        self._hint.clear()

    async def _listen(self, engine: AsyncEngine) -> None:
        def hear(*_: object) -> None:
            self._hint.set()

        async with engine.connect() as connection:
            listener = (await connection.get_raw_connection()).driver_connection
            if listener is None:
                raise ConnectionError("the pool gave no connection")
            try:
                await listener.add_listener(CHANNEL, hear)
                while not listener.is_closed():
                    # A statement now and then finds a connection that died without a word.
                    await asyncio.sleep(LISTEN_SECONDS)
                    await listener.execute("select 1", timeout=LISTEN_SECONDS)
            finally:
                # It listens: never back into the pool.
                await connection.invalidate()


async def repeat(part: str, step: Callable[[], Awaitable[None]]) -> None:
    """Repeat a step until cancelled, whatever happens to PostgreSQL and Redis meanwhile."""
    outage = Outage(part)
    while True:
        try:
            await step()
        except Exception as error:  # of the driver, the socket, Redis: what matters is that the next step comes
            outage.begin(error)
            await asyncio.sleep(AWAY_SECONDS)
        else:
            outage.end()


def run(settings: Settings, factory: UnitOfWorkFactory, registry: EventRegistry) -> None:
    """Sweep and tick until told to stop."""
    configure_logging(settings.log_level)
    if not is_database_ours(settings):
        return

    async def serve() -> None:
        async with factory.database:
            redis_url = settings.redis_url.get_secret_value()
            with serving_metrics(settings, factory.database) as port:
                gauges = None if port is None else OutboxGauges(factory, registry, BrokerQueues(redis_url))
                await Scheduler(factory, registry, redis_url, commit=settings.build_commit, gauges=gauges).serve()

    run_background(serve)
