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
from capecontrol.main import scheduler, worker
from capecontrol.main.api import create_app
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory
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
    match name:
        case "worker":
            worker.run(settings)
        case "scheduler":
            scheduler.run(settings)
        case _:
            serve_api(settings, is_control=is_control)


def serve_api(settings: Settings, *, is_control: bool) -> None:
    """Serve HTTP as ``capecontrol api`` does, with the sabotage; as the control, with the ordinary design."""
    configure_logging(settings.log_level)
    factory = build_factory(settings)
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
