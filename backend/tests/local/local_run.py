"""A local run of stub processes, driven as a person does: by its environment, its output and its signals."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from capecontrol.local.port import free_port
from capecontrol.local.process import ProcessIdentity, wait_until

STUB = Path(__file__).with_name("stub_platform.py")
SOON = 20.0


def eventually(condition: Callable[[], bool]) -> bool:
    """Tell whether something becomes true within a generous time."""
    return wait_until(condition, SOON)


class LocalRunProcess:
    """One `run` in a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self._popen: subprocess.Popen[str] | None = None

    def start(self, **settings: str) -> None:
        """Start the run and return when it says that it is ready."""
        self._popen = self._spawn(settings)
        assert self._popen.stdout is not None
        said = []
        for line in self._popen.stdout:
            said.append(line)
            if "is ready at" in line:
                return
        raise AssertionError(f"the run ended before it was ready: {''.join(said)}{self._errors()}")

    def refusal(self, **settings: str) -> str:
        """Start a run that ends by itself with exit code 1; answers what it said."""
        process = self._spawn(settings)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 1, output + errors
        return errors

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; answers the exit code."""
        assert self._popen is not None
        self._popen.send_signal(number)
        self._popen.communicate(timeout=60)
        return self._popen.returncode

    def end(self) -> None:
        """Kill the run if it is still there."""
        if self._popen is not None:
            if self._popen.poll() is None:
                self._popen.kill()
            self._popen.communicate(timeout=60)

    def is_answering(self) -> bool:
        """Tell whether the stub of the API answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/api/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def processes(self) -> dict[str, ProcessIdentity]:
        """Read who runs: the recorded children, and the worker's own child."""
        found = {}
        for record in self.home.glob("*.pid"):
            try:
                text = record.read_text()
            except FileNotFoundError:
                continue  # it ended between the listing and the reading
            content = json.loads(text, object_hook=lambda pairs: SimpleNamespace(**pairs))
            found[record.stem] = ProcessIdentity(content.pid, content.started)
        grandchild = self.home / "grandchild"
        if grandchild.exists():
            identity = ProcessIdentity.of(int(grandchild.read_text()))
            if identity is not None:
                found["grandchild"] = identity
        return found

    def runs_exactly(self, names: set[str]) -> bool:
        """Tell whether exactly these run, or do soon: the API may be ready a moment before the others."""
        return eventually(lambda: self.processes().keys() == names)

    def notes(self) -> list[str]:
        """Read what the stubs wrote down."""
        notes = self.home / "notes"
        return notes.read_text().splitlines() if notes.exists() else []

    def _spawn(self, settings: dict[str, str]) -> subprocess.Popen[str]:
        bare = {"PATH": os.environ["PATH"], "CAPECONTROL_HOME": str(self.home), "PORT": str(self.port)}
        return subprocess.Popen(
            [sys.executable, str(STUB), "run"],
            env=bare | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _errors(self) -> str:
        return "" if self._popen is None else self._popen.communicate(timeout=60)[1]
