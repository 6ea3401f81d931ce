"""The platform under test: servers of its own, its processes, and what keeps them alive and hurts them."""

import multiprocessing
import os
import random
import secrets
import signal
import threading
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import redis
from redis.exceptions import RedisError

from capecontrol.local.failure import LocalFailure
from capecontrol.local.port import free_port
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.valkey import EmbeddedValkey
from control import Control
from dial import Dial
from disk import Disk
from outside import STRIPE_KEY, STRIPE_WEBHOOK_SECRET, run_outside
from parts import run_part

#: Two of each, so that the work goes on somewhere; the second of each is what shows that any number may run.
PROCESSES = ("api", "api", "worker", "worker", "scheduler", "scheduler")
WATCH_SECONDS = 0.05
#: A part that was just started is spared: killing what has not begun to work proves little.
SPARED_SECONDS = 1.5
START_ATTEMPTS = 20

forks = multiprocessing.get_context("forkserver")


class Part:
    """One process of the platform, restarted whenever it is found dead."""

    def __init__(
        self, name: str, environment: dict[str, str], log: Path, clock: Path, *, control: Control | None
    ) -> None:
        """Describe it; ``start`` starts it. ``clock``: the file by which its clock goes wrong."""
        self.name = name
        self.environment = environment
        self.clock = Dial(clock)
        self._clock_path = clock
        self._log = log
        self._control = control
        self._process: ForkServerProcess | None = None
        self.started_at = 0.0

    def start(self) -> None:
        """Fork it."""
        self._process = forks.Process(
            target=run_part,
            args=(self.name, self.environment, self._log, self._clock_path),
            kwargs={"control": self._control},  # not a daemon: those may not start the process that writes PDFs
        )
        self._process.start()
        self.started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        """The process number while it lives."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def is_running(self) -> bool:
        """Tell whether it lives."""
        return self.pid is not None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it lives."""
        if self._process is not None and self._process.pid is not None and self.is_running():
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def wait(self, seconds: float) -> int | None:
        """Wait for its end and return the exit code, None when it lives on."""
        if self._process is None:
            return None
        self._process.join(seconds)
        return self._process.exitcode


class World:
    """Servers, processes, and the outside."""

    def __init__(self, base: Path, smtp_port: int, *, control: Control | None) -> None:
        """Name the folders; ``servers`` and ``processes`` start what lives in them.

        The platform's own are on a disk that may be full. The ledger, the logs, the dials and the outside are not.
        """
        self.disk = Disk(base / "disk")
        self.home = self.disk.folder / "home"
        self.objects = self.home / "objects"
        self.outside = base / "outside"
        self.logs = base / "logs"
        self.parts: list[Part] = []
        self.deaths: Counter[str] = Counter()
        self.slowness: dict[str, Dial] = {}
        self.outside_address = f"http://127.0.0.1:{free_port()}"
        self.addresses: list[str] = []
        self._dials = base / "dials"
        self._environment: dict[str, str] = {}
        self._smtp_port = smtp_port
        self._control = control
        self._is_stopping = threading.Event()
        self._lock = threading.RLock()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @contextmanager
    def servers(self) -> Iterator[None]:
        """Run PostgreSQL and Valkey for the length of the block."""
        with self.disk.mounted():
            self.home.mkdir(mode=0o711)
            for folder in (self._dials, self.outside, self.logs):
                folder.mkdir(mode=0o700)
            self.postgres = EmbeddedPostgres(self.home, durable=True)
            self.valkey = EmbeddedValkey(self.home)
            try:
                self.postgres.start()
                self.postgres.create_logins()
                self.valkey.start()
                self._environment = self._settings()
                yield
            finally:
                self.postgres.destroy()
                self.valkey.destroy()

    @contextmanager
    def processes(self) -> Iterator[None]:
        """Run the processes for the length of the block; what dies is started again."""
        ports = [free_port() for name in PROCESSES if name == "api"]
        self.addresses = [f"http://127.0.0.1:{port}" for port in ports]
        # n8n calls back where a load balancer would be: the first process has to do, since it comes again.
        self._environment["CALLBACK_URL"] = self.addresses[0]
        self.slowness = {which: Dial(self.outside / f"slow-{which}") for which in ("n8n", "stripe")}
        outside = forks.Process(
            target=run_outside,
            args=(
                self.outside,
                int(self.outside_address.rpartition(":")[2]),
                f"{self.addresses[0]}/api/webhooks/stripe",
            ),
            daemon=True,
        )
        outside.start()
        try:
            for number, name in enumerate(PROCESSES):
                environment = self.environment()
                if name == "api":
                    environment["PORT"] = str(ports[number])
                clock = self._dials / f"clock-{name}-{number}"
                part = Part(name, environment, self.logs / f"{name}.log", clock, control=self._control)
                part.start()
                self.parts.append(part)
            self._watcher.start()
            yield
        finally:
            self._is_stopping.set()
            for part in self.parts:
                part.signal(signal.SIGTERM)
            for part in self.parts:
                if part.wait(15) is None:
                    part.signal(signal.SIGKILL)
                    part.wait(5)
            outside.kill()
            outside.join(5)

    def environment(self) -> dict[str, str]:
        """Return the settings of all processes, as environment variables."""
        return dict(self._environment)

    def _settings(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "CAPECONTROL_ENV": "test",
            "CAPECONTROL_HOME": str(self.home),
            "PUBLIC_URL": "http://localhost:8000",
            "SECRET_KEY": secrets.token_urlsafe(32),
            "ENCRYPTION_KEYS": urlsafe_b64encode(os.urandom(32)).decode(),
            "DATABASE_URL": self.postgres.app_dsn(),
            "REDIS_URL": self.valkey.url,
            "SMTP_URL": f"smtp://127.0.0.1:{self._smtp_port}",
            "BCRYPT_ROUNDS": "4",  # the run is about losing, not about waiting
            "RATE_LIMITS": "false",
            "LOG_LEVEL": "INFO",
            "STRIPE_SECRET_KEY": STRIPE_KEY,
            "STRIPE_WEBHOOK_SECRET": STRIPE_WEBHOOK_SECRET,
            "STRIPE_API_BASE": f"{self.outside_address}/stripe",
            "OUTBOUND_PRIVATE_HOSTS": urlsplit(self.outside_address).netloc,
            "SELLER_NAME": "Northstar Automation (Pty) Ltd",
            "SELLER_ADDRESS": "1 Harbour Road, Cape Town",
        }

    def victim(self, name: str, choice: random.Random) -> Part | None:
        """Choose one process of a kind that has been up long enough; None when there is none."""
        now = time.monotonic()
        alive = [
            part
            for part in self.parts
            if part.name == name and part.is_running() and now - part.started_at > SPARED_SECONDS
        ]
        return choice.choice(alive) if alive else None

    def end_one(self) -> None:
        """Ask one process to stop, as if it had ended by itself."""
        self.parts[-1].signal(signal.SIGTERM)

    def kill_process(self, name: str, choice: random.Random) -> bool:
        """Kill one process of a kind; False when none has been up long enough."""
        with self._lock:
            part = self.victim(name, choice)
            if part is None:
                return False
            part.signal(signal.SIGKILL)
            part.wait(5)
            return True

    def freeze(self, pid: int | None, seconds: float) -> bool:
        """Stop a process and all that it started in their tracks for a while; False when it does not run."""
        if pid is None:
            return False
        try:
            first = psutil.Process(pid)
            family = [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return False
        try:
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGSTOP)
            time.sleep(seconds)
        finally:
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGCONT)
        return True

    def kill_postgres(self) -> bool:
        """Kill the server's main process; it recovers from its log when it is started again, at once."""
        self.postgres.kill()
        self.start_postgres()
        return True

    def start_postgres(self) -> None:
        """Start the server unless it runs; its sessions may outlive a killed one for a moment and hold its memory."""
        for _ in range(START_ATTEMPTS):
            with suppress(LocalFailure):
                self.postgres.start()
                return
        self.postgres.start()

    def kill_valkey(self, away_seconds: float) -> bool:
        """Kill Valkey and start it again after a while."""
        self.valkey.kill()
        time.sleep(away_seconds)
        self.valkey.start()
        return True

    def flush_valkey(self) -> bool:
        """Empty Redis; False when it is away."""
        try:
            with redis.Redis.from_url(self.valkey.url, socket_timeout=2) as client:
                client.flushall()
        except RedisError:
            return False
        return True

    def _watch(self) -> None:
        while not self._is_stopping.wait(WATCH_SECONDS):
            with self._lock:
                for part in self.parts:
                    if not part.is_running() and not self._is_stopping.is_set():
                        if part.wait(0) != -signal.SIGKILL:
                            self.deaths[part.name] += 1
                        part.start()
