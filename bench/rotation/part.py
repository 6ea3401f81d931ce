"""One process under load, as ``capecontrol api``, ``worker`` or ``scheduler`` runs it, with quicker rings.

In the product a key waits two minutes before it is used; the bench does not have as many. What matters is the order,
and that stays: the grace is longer than rings may be out of date, and that longer than a process takes to read them.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import uvicorn

from capecontrol.core.rings.rings import RingTimes
from capecontrol.core.telemetry import configure_logging
from capecontrol.main import scheduler, worker
from capecontrol.main.api import create_app
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory, build_ports

TIMES = RingTimes(reload_seconds=0.7, asked_seconds=0.2, fresh_seconds=2.0, grace=timedelta(seconds=3))
#: The control: keys are used before they were made, and who is deaf never reads the rings again.
HASTY = RingTimes(reload_seconds=1.0, asked_seconds=0.2, fresh_seconds=3600, grace=timedelta(seconds=-60))
DEAF = RingTimes(reload_seconds=7200, asked_seconds=3600, fresh_seconds=3600, grace=timedelta(seconds=-60))
BY_NAME = {"times": TIMES, "hasty": HASTY, "deaf": DEAF}


def main(name: str, times: str) -> None:
    """Become a process; never returns before a signal."""
    settings = Settings()
    factory = build_factory(settings, ring_times=BY_NAME[times])
    match name:
        case "worker":
            worker.run(settings, factory, event_registry(), build_ports(settings, factory))
        case "scheduler":
            scheduler.run(settings, factory, event_registry())
        case _:
            configure_logging(settings.log_level)
            app = create_app(settings, factory=factory)
            uvicorn.run(app, host="127.0.0.1", port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
