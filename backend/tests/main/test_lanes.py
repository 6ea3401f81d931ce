"""Lanes: whoever waits for a silent outside holds up nobody who does not."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from capecontrol.core.events import Event
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.outbox import Outbox
from capecontrol.core.outbox.registry import EventRegistry, Subscription
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.valkey import EmbeddedValkey
from capecontrol.main.scheduler import Scheduler
from capecontrol.main.worker import Worker
from tests.stage import PLATFORM, SYSTEM, Stage


class EngineAsked(Event):
    """Something that a silent server should answer."""

    topic = "tests.engine_asked.v1"


class Paid(Event):
    """Something that needs no such server."""

    topic = "tests.paid.v1"


class House:
    """A worker and a scheduler in this process, with an engine that is silent until the test lets it answer."""

    def __init__(self, stage: Stage, redis_url: str) -> None:
        self.answers, self.is_paid, self.asked = asyncio.Event(), asyncio.Event(), asyncio.Semaphore(0)
        self._redis_url = redis_url
        self._registry = EventRegistry(
            [
                Subscription(EngineAsked, "tests.ask_engine", self._ask, Lane.ENGINE),
                Subscription(Paid, "tests.apply_payment", self._apply, Lane.MONEY),
            ]
        )
        self.factory: UnitOfWorkFactory = replace(stage.factory, events=Outbox(self._registry))

    async def _ask(self, _event: EngineAsked, _delivery: Delivery) -> None:
        self.asked.release()
        await self.answers.wait()

    async def _apply(self, _event: Paid, _delivery: Delivery) -> None:
        self.is_paid.set()

    async def emit(self, *events: Event) -> None:
        async with self.factory.unit(SYSTEM, PLATFORM) as work:
            for event in events:
                await work.emit(event)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        worker = Worker(self.factory, self._registry, Ports(), self._redis_url, grace_seconds=0.1)
        scheduler = Scheduler(self.factory, self._registry, self._redis_url)
        processes = [asyncio.create_task(worker.serve()), asyncio.create_task(scheduler.serve())]
        try:
            yield
        finally:
            self.answers.set()
            for process in processes:
                process.cancel()
            await asyncio.wait(processes)
            # A process that ends takes them along. Here they would go on for seconds, and draw from the dice of others.
            for thread in threading.enumerate():
                if type(thread).__module__.startswith("dramatiq."):
                    await asyncio.to_thread(thread.join)


@pytest.mark.parametrize("is_redis_there", [True, False])
async def test_a_silent_engine_delays_no_payment(
    stage: Stage, own_valkey: EmbeddedValkey, *, is_redis_there: bool
) -> None:
    house = House(stage, own_valkey.url)
    if not is_redis_there:
        own_valkey.kill()
    await house.emit(*[EngineAsked()] * 12)
    async with house.running(), asyncio.timeout(60):
        for _ in range(4):
            await house.asked.acquire()  # all places of the engine's lane are taken, and eight wait behind them
        await house.emit(Paid())
        await house.is_paid.wait()
        assert not house.answers.is_set()
        house.answers.set()
        for _ in range(8):
            await house.asked.acquire()
