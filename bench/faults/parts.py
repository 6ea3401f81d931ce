"""The processes under test, each forked from a server that has the modules imported.

So a restart costs what connecting costs, not what importing costs, and a minute holds more kills. They run what
``capecontrol api``, ``worker`` and ``scheduler`` run, with two additions: a clock that can go wrong, and the sabotage.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import uvicorn

from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.notifications.ports import Mailer
from capecontrol.main import scheduler, worker
from capecontrol.main.api import create_app
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory, build_mailer, build_ports
from control import Control, hasty
from dial import Dial
from sabotage import CarelessMailer, Sabotage
from skewed_clock import SkewedClock


def run_part(name: str, environment: Mapping[str, str], log: Path, clock: Path, *, control: Control | None) -> None:
    """Become one part of the platform; never returns before a signal."""
    # A process that it starts in its turn would import the run anew, and with it the whole platform: five seconds
    # before each renderer's first document, which a part started by its command does not have.
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.clear()
    os.environ.update(environment)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
    settings = Settings()
    factory = build_factory(settings, clock=SkewedClock(Dial(clock)))
    match name:
        case "worker":
            mailer: Mailer = build_mailer(settings, factory.clock)
            if control is Control.SPOILED:
                mailer = CarelessMailer(mailer)
            worker.run(settings, factory, event_registry(), build_ports(settings, factory, mailer=mailer))
        case "scheduler":
            scheduler.run(settings, factory, event_registry())
        case _:
            serve_api(settings, factory, control=control)


def serve_api(settings: Settings, factory: UnitOfWorkFactory, *, control: Control | None) -> None:
    """Serve HTTP as ``capecontrol api`` does, with the sabotage; as one of the controls, with the ordinary design."""
    configure_logging(settings.log_level)
    if control is Control.HASTY:
        factory = hasty(factory, settings)
    factory = replace(factory, audit=Sabotage(factory.audit))
    uvicorn.run(
        create_app(settings, factory=factory),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
