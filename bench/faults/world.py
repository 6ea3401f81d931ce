"""The platform under test: servers of its own, its processes, and what keeps them alive and kills them."""

import multiprocessing
import os
import random
import secrets
import signal
import threading
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import redis
from redis.exceptions import RedisError

from capecontrol.local.failure import LocalFailure
from capecontrol.local.port import free_port
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.valkey import EmbeddedValkey
from parts import run_part

#: Two of each, so that the work goes on somewhere; the second of each is what shows that any number may run.
PROCESSES = ("api", "api", "worker", "worker", "scheduler", "scheduler")
WATCH_SECONDS = 0.05
#: A part that was just started is spared: killing what has not begun to work proves little.
SPARED_SECONDS = 1.5

forks = multiprocessing.get_context("forkserver")


class Part:
    """One process of the platform, restarted whenever it is found dead."""

    def __init__(self, name: str, environment: dict[str, str], log: Path, *, is_control: bool) -> None:
        """Describe it; ``start`` starts it."""
        self.name = name
        self.environment = environment
        self._log = log
        self._is_control = is_control
        self._process: ForkServerProcess | None = None
        self.started_at = 0.0

    def start(self) -> None:
        """Fork it."""
        self._process = forks.Process(
            target=run_part,
            args=(self.name, self.environment, self._log),
            kwargs={"is_control": self._is_control},
            daemon=True,
        )
        self._process.start()
        self.started_at = time.monotonic()

    def is_running(self) -> bool:
        """Tell whether it lives."""
        return self._process is not None and self._process.is_alive()

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
    """Servers and processes."""

    def __init__(self, home: Path, smtp_port: int, *, is_control: bool) -> None:
        """Make the servers' folders; ``open`` starts them."""
        self.home = home
        self.postgres = EmbeddedPostgres(home, durable=True)
        self.valkey = EmbeddedValkey(home)
        self.parts: list[Part] = []
        self.deaths: Counter[str] = Counter()
        self._environment: dict[str, str] = {}
        self._smtp_port = smtp_port
        self._is_control = is_control
        self._is_stopping = threading.Event()
        self._lock = threading.RLock()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self.addresses: list[str] = []

    @contextmanager
    def servers(self) -> Iterator[None]:
        """Run PostgreSQL and Valkey for the length of the block."""
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
        try:
            for name in PROCESSES:
                environment = self.environment()
                if name == "api":
                    environment["PORT"] = str(free_port())
                    self.addresses.append(f"http://127.0.0.1:{environment['PORT']}")
                part = Part(name, environment, self.home / f"{name}.log", is_control=self._is_control)
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
            # Nothing of the run pays or automates; jobs that look after it find nobody and come again later.
            "STRIPE_SECRET_KEY": "sk_test_faults",
            "STRIPE_WEBHOOK_SECRET": "whsec_faults",
            "STRIPE_API_BASE": "http://127.0.0.1:9",
        }

    def kill_process(self, name: str, choice: random.Random) -> bool:
        """Kill one process of a kind; False when none has been up long enough."""
        with self._lock:
            now = time.monotonic()
            alive = [
                part
                for part in self.parts
                if part.name == name and part.is_running() and now - part.started_at > SPARED_SECONDS
            ]
            if not alive:
                return False
            victim = choice.choice(alive)
            victim.signal(signal.SIGKILL)
            victim.wait(5)
            return True

    def kill_postgres(self) -> None:
        """Kill the server's main process; it recovers from its log when it is started again, at once."""
        self.postgres.kill()
        self.postgres.start()

    def kill_valkey(self, away_seconds: float) -> None:
        """Kill Valkey and start it again after a while."""
        self.valkey.kill()
        time.sleep(away_seconds)
        self.valkey.start()

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


class Chaos:
    """Kills something every few seconds, each kind equally often, in an order that the seed decides."""

    def __init__(self, world: World, seed: int, interval_seconds: float) -> None:
        """Take what to hurt and how often."""
        self._world = world
        self._choice = random.Random(seed)
        self._interval_seconds = interval_seconds
        self.kills: Counter[str] = Counter()
        self.flushes = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; everything that was killed is up again when this returns."""
        self._is_over.set()
        self._thread.join(60)

    def _run(self) -> None:
        bag: list[str] = []
        while not self._is_over.wait(self._interval_seconds * self._choice.uniform(0.7, 1.3)):
            if not bag:
                bag = ["api", "worker", "scheduler", "postgres", "valkey", "flush"]
                self._choice.shuffle(bag)
            self._hurt(bag.pop())

    def _hurt(self, what: str) -> None:
        world = self._world
        acts: dict[str, Callable[[], bool | None]] = {
            "postgres": world.kill_postgres,
            "valkey": lambda: world.kill_valkey(self._choice.choice([0.0, 0.5, 4.0])),
        }
        if what == "flush":
            self.flushes += world.flush_valkey()
        elif what in acts:
            try:
                acts[what]()
            except LocalFailure as failure:
                print(f"  {what} did not come back at once: {failure}", flush=True)
                return
            self.kills[what] += 1
        elif world.kill_process(what, self._choice):
            self.kills[what] += 1
