"""What the supervisor keeps running: the API, the worker, the scheduler, and the embedded servers."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from capecontrol.local.process import Child

LEFT_OVER_SECONDS = 5.0


class Service(Protocol):
    """What the supervisor starts, watches, restarts and stops."""

    @property
    def name(self) -> str:
        """The name that its log carries."""
        ...

    def start(self) -> None:
        """Start it, ending first what an earlier run left behind. Raises `LocalFailure`."""
        ...

    def stop(self) -> None:
        """Stop it with everything that it started."""
        ...

    def is_running(self) -> bool:
        """Tell whether it runs."""
        ...


class PlatformService:
    """A command of the platform that should run as long as the supervisor does: the API, say."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        home: Path,
        environment: Mapping[str, str],
        stop_seconds: float,
    ) -> None:
        self._name = name
        self._command = tuple(command)
        self._environment = environment
        self._stop_seconds = stop_seconds
        self._child = Child(name, record=home / f"{name}.pid", log=home / "logs" / f"{name}.log")

    @property
    def name(self) -> str:
        """The name that its log carries."""
        return self._name

    def is_running(self) -> bool:
        """Tell whether the process runs."""
        return self._child.is_running()

    def start(self) -> None:
        """Start the process; does not wait for it."""
        self._child.stop(signal.SIGKILL, LEFT_OVER_SECONDS)
        self._child.end_left_over(signal.SIGTERM, LEFT_OVER_SECONDS)
        self._child.spawn(self._command, env=self._environment, cwd=Path.cwd())

    def stop(self) -> None:
        """Ask the process to finish what it does, then end it and all that it started."""
        self._child.stop(signal.SIGTERM, self._stop_seconds)

    def end_left_over(self) -> None:
        """End what an earlier run left behind."""
        self._child.end_left_over(signal.SIGTERM, LEFT_OVER_SECONDS)

    def log_tail(self) -> str:
        """Read the end of its log."""
        return self._child.log_tail()
