"""The supervisor: starts the services in order, restarts what crashes, and stops everything in reverse."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from capecontrol.local.failure import LocalFailure
from capecontrol.local.service import Service

WATCH_SECONDS = 0.1
FIRST_RESTART_SECONDS = 0.5
LONGEST_RESTART_SECONDS = 30.0
STEADY_SECONDS = 60.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Watched:
    """A service with the memory of its crashes."""

    service: Service
    started_at: float = 0.0
    crashes: int = 0
    restart_at: float | None = field(default=None)

    def start(self) -> None:
        """Start the service and remember when."""
        self.restart_at = None
        self.service.start()
        self.started_at = time.monotonic()

    def plan_restart(self) -> float:
        """Choose when to start again after a crash, later each time; answers the delay in seconds."""
        is_steady = time.monotonic() - self.started_at > STEADY_SECONDS
        self.crashes = 1 if is_steady else self.crashes + 1
        delay = min(FIRST_RESTART_SECONDS * 2.0 ** (self.crashes - 1), LONGEST_RESTART_SECONDS)
        self.restart_at = time.monotonic() + delay
        return delay


class Supervisor:
    """Keeps services running until it is told to stop; for the main thread, which receives the signals."""

    def __init__(self) -> None:
        self._watched: list[Watched] = []
        self._stop_asked = threading.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGINT, SIGTERM and SIGHUP as the wish to stop, for the length of the block."""
        before = {number: signal.signal(number, self._ask_to_stop) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def is_stopping(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._stop_asked.is_set()

    def start(self, service: Service) -> None:
        """Start a service and keep it from now on."""
        watched = Watched(service)
        self._watched.append(watched)
        watched.start()

    def wait_for(self, condition: Callable[[], bool], timeout_seconds: float) -> bool:
        """Watch until `condition` holds, a stop is asked for, or time is up; answers whether it held."""
        deadline = time.monotonic() + timeout_seconds
        while not self.is_stopping() and time.monotonic() < deadline:
            if condition():
                return True
            self._look_after()
            self._stop_asked.wait(WATCH_SECONDS / 2)
        return False

    def watch(self) -> None:
        """Restart what crashes until a stop is asked for."""
        while not self._stop_asked.wait(WATCH_SECONDS):
            self._look_after()

    def crashes(self) -> Sequence[str]:
        """Name the services that have crashed since they were last steady."""
        return [watched.service.name for watched in self._watched if watched.crashes > 0]

    def most_crashes(self) -> int:
        """Count the crashes of the service that crashed most."""
        return max((watched.crashes for watched in self._watched), default=0)

    def stop(self) -> None:
        """Stop every service, the last started first, each with all that it started."""
        while self._watched:
            self._watched.pop().service.stop()

    def _look_after(self) -> None:
        for watched in self._watched:
            if watched.service.is_running():
                continue
            if watched.restart_at is None:
                delay = watched.plan_restart()
                _say(f"{watched.service.name} stopped unexpectedly; starting it again in {delay:.1f} s.")
            elif time.monotonic() >= watched.restart_at:
                self._restart(watched)

    def _restart(self, watched: Watched) -> None:
        try:
            watched.start()
        except LocalFailure as failure:
            delay = watched.plan_restart()
            _say(f"{failure}\n{watched.service.name} is tried again in {delay:.1f} s.")

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked.set()


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
