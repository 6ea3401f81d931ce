"""What the local run does once, before the platform is there: the migrations, the seed."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

from capecontrol.local.failure import LocalFailure
from capecontrol.local.process import Child
from capecontrol.local.service import LEFT_OVER_SECONDS


class Job:
    """A command of the platform that runs to its end."""

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
        words = self._child.log_tail()
        if code is None:
            raise LocalFailure(f"`{self._name}` takes too long; its log ends with:\n{words}")
        if code != 0:
            raise LocalFailure(f"`{self._name}` failed; its log ends with:\n{words}")
        return words

    def stop(self) -> None:
        """End the command with everything that it started."""
        self._child.stop(signal.SIGTERM, LEFT_OVER_SECONDS)
