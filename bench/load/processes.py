"""Processes under measurement: started, waited for, timed by the kernel's own account, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import psutil

READY_SECONDS = 60.0
STOP_SECONDS = 25.0


class Process:
    """One started process and those that it starts in turn."""

    def __init__(self, name: str, popen: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.log = log
        self._popen = popen
        self._root = psutil.Process(popen.pid)

    @property
    def pid(self) -> int:
        """The number of the first of them."""
        return self._popen.pid

    def cpu_seconds(self) -> float:
        """Return how much processor time they have taken, in the kernel and outside of it."""
        return cpu_seconds(self._root)

    def wait_for(self, address: str) -> None:
        """Return once an address answers 200.

        Raises:
            RuntimeError: the process ended, or took too long.
        """
        deadline = time.monotonic() + READY_SECONDS
        while self._popen.poll() is None and time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(address, timeout=5).is_success:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not answer; its log ends with:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End it as a service manager would, and kill what is left."""
        if self._popen.poll() is None:
            self._popen.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(STOP_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            # It leads a session of its own: its number is the number of the group.
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()


def cpu_seconds(process: psutil.Process) -> float:
    """Return the processor time of a process and of those below it, ended ones included."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
        for child in process.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                own = child.cpu_times()
                total += own.user + own.system + own.children_user + own.children_system
    return total


def own_cpu_seconds(process: psutil.Process) -> float:
    """Return the processor time of a process alone."""
    times = process.cpu_times()
    return float(times.user + times.system)


class Processes:
    """What runs during a measurement, stopped in the reverse order."""

    def __init__(self, logs: Path, stack: ExitStack) -> None:
        self._logs = logs
        self._stack = stack

    def start(self, name: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Process:
        """Start one; its output goes to a log of its name."""
        log = self._logs / f"{name}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process = Process(name, popen, log)
        self._stack.callback(process.stop)
        return process


@contextmanager
def processes(logs: Path) -> Iterator[Processes]:
    """Start processes in the block; none outlives it."""
    logs.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        yield Processes(logs, stack)
