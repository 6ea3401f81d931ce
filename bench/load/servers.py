"""The product's processes on a large installation, as many as it runs there."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field

import psutil

from bench.load.checkout import Checkout
from bench.load.large import Installation
from bench.load.processes import Process, Processes, cpu_seconds
from bench.load.round_trips import LOOPBACK
from capecontrol.local.port import free_port

HAS_PROCESSES = "from capecontrol.main.settings import Settings; print('api_processes' in Settings.model_fields)"


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Product:
    """The processes while they run."""

    checkout: Checkout
    installation: Installation
    started: Processes
    parts: dict[str, list[Process]] = field(default_factory=dict)

    def start(self) -> list[tuple[str, int]]:
        """Start what the product runs on a machine of this size; return where its API answers."""
        for name in ("worker", "scheduler"):
            self._start(name, name, {})
        # A release that cannot serve with several processes gets several of its own, asked in turns.
        servers = 1 if self._has_processes() else cores()
        return [self.serve(f"api-{number}", {}) for number in range(servers)]

    def serve(self, name: str, own: dict[str, str]) -> tuple[str, int]:
        """Start one API server and return where it answers."""
        port = free_port()
        process = self._start("api", name, {"PORT": str(port)} | own)
        process.wait_for(f"http://{LOOPBACK}:{port}/api/auth/csrf")
        return LOOPBACK, port

    def stop(self, part: str) -> None:
        """Stop the servers of a part."""
        for process in self.parts.pop(part, []):
            process.stop()

    def cpu_seconds(self) -> dict[str, float]:
        """Return the processor time that each part has taken, PostgreSQL and Valkey among them."""
        taken = {part: sum(process.cpu_seconds() for process in found) for part, found in self.parts.items()}
        for server in (self.installation.postgres, self.installation.valkey):
            if server.pid is not None:
                taken["postgres" if server is self.installation.postgres else "valkey"] = cpu_seconds(
                    psutil.Process(server.pid)
                )
        return taken

    def _start(self, part: str, name: str, own: dict[str, str]) -> Process:
        process = self.started.start(
            name,
            self.checkout.command(part),
            folder=self.checkout.folder,
            environment=self.installation.settings | own,
        )
        self.parts.setdefault(part, []).append(process)
        return process

    def _has_processes(self) -> bool:
        answer = subprocess.run(
            [self.checkout.python, "-c", HAS_PROCESSES], capture_output=True, text=True, check=True, cwd="/"
        )
        return answer.stdout.strip() == "True"
