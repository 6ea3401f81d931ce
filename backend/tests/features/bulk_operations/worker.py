"""A worker as a process of its own, for a test to kill."""

import asyncio

from capecontrol.core.outbox.relay import Relay
from capecontrol.core.outbox.runner import Runner
from capecontrol.local.wiring import build_ports
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory
from tests.outbox_drain import Nowhere


def work_on(settings: Settings) -> None:
    """Deliver what is due for as long as the process lives."""
    asyncio.run(_deliver(settings))


async def _deliver(settings: Settings) -> None:
    factory = build_factory(settings)
    runner = Runner(factory, event_registry(), build_ports(settings, factory))
    while True:
        for message in await Relay(factory, Nowhere()).sweep():
            await runner.run(message.id)
        await asyncio.sleep(0.01)
