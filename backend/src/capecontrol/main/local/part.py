"""One process of the platform as the local run keeps it: the API, the worker, the scheduler."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from capecontrol.main.local.failure import LocalFailure
from capecontrol.main.local.process import Child

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


class Part:
    """A command of the platform that should run as long as the supervisor does."""

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

    def last_words(self) -> str:
        """Read the end of its log."""
        return self._child.last_words()


class Errand:
    """A command of the platform that runs to its end: the migrations, the seed."""

    def __init__(self, name: str, command: Sequence[str], *, home: Path, environment: Mapping[str, str]) -> None:
        self._name = name
        self._command = tuple(command)
        self._environment = environment
        self._child = Child(name, record=home / f"{name}.pid", log=home / "logs" / f"{name}.log")

    def start(self) -> None:
        """Start the command."""
        self._child.end_left_over(signal.SIGTERM, LEFT_OVER_SECONDS)
        self._child.spawn(self._command, env=self._environment, cwd=Path.cwd())

    def is_running(self) -> bool:
        """Tell whether the command is still at it."""
        return self._child.is_running()

    def finish(self) -> str:
        """Take the end of the log of a command that has ended well; raises `LocalFailure` with it otherwise."""
        code = self._child.exit_code
        words = self._child.last_words()
        if code is None:
            raise LocalFailure(f"`{self._name}` takes too long; its log ends with:\n{words}")
        if code != 0:
            raise LocalFailure(f"`{self._name}` failed; its log ends with:\n{words}")
        return words

    def stop(self) -> None:
        """End the command with everything that it started."""
        self._child.stop(signal.SIGTERM, LEFT_OVER_SECONDS)
