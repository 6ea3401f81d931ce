"""The processes under test, each forked from a server that has the modules imported.

So a restart costs what connecting costs, not what importing costs, and a minute holds more kills. They run what
``capecontrol api``, ``worker`` and ``scheduler`` run, with one addition in the API: the sabotage.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import uvicorn

from capecontrol.core.telemetry import configure_logging
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main import scheduler, worker
from capecontrol.main.api import create_app
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory, build_ports
from control import hasty
from sabotage import Sabotage


def run_part(name: str, environment: Mapping[str, str], log: Path, *, is_control: bool) -> None:
    """Become one part of the platform; never returns before a signal."""
    os.environ.clear()
    os.environ.update(environment)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
    settings = Settings()
    factory = build_factory(settings)
    match name:
        case "worker":
            worker.run(settings, factory, event_registry(), build_ports(settings, factory))
        case "scheduler":
            scheduler.run(settings, factory, event_registry())
        case _:
            serve_api(settings, factory, is_control=is_control)


def serve_api(settings: Settings, factory: UnitOfWorkFactory, *, is_control: bool) -> None:
    """Serve HTTP as ``capecontrol api`` does, with the sabotage; as the control, with the ordinary design."""
    configure_logging(settings.log_level)
    if is_control:
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
