"""The API in a process of its own, as it is started in production: for tests that speak to its sockets."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.port import LOOPBACK, free_port
from capecontrol.local.process import wait_until
from capecontrol.main.settings import Settings

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ApiProcess:
    """A running API."""

    pid: int
    port: int
    log: Path

    def is_serving(self) -> bool:
        """Tell whether it answers."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def api_process(settings: Settings, folder: Path, **more: str) -> Iterator[ApiProcess]:
    """Start it on the servers of the tests, and end it.

    Args:
        settings: those of the test environment.
        folder: where its log goes.
        more: variables of the environment.
    """
    port, log = free_port(), folder / "api.log"
    environment = {
        "PATH": os.environ["PATH"],
        "CAPECONTROL_ENV": "test",
        "CAPECONTROL_HOME": str(settings.capecontrol_home),
        "PORT": str(port),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "ENCRYPTION_KEYS": ",".join(key.get_secret_value() for key in settings.encryption_keys),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
        "API_PROCESSES": "1",
        "BCRYPT_ROUNDS": "4",
        "RATE_LIMITS": "false",
        "STRIPE_SECRET_KEY": "sk_test_for_tests",
        "STRIPE_WEBHOOK_SECRET": "whsec_for_tests",
        "STRIPE_API_BASE": f"http://127.0.0.1:{port}/dev/stripe",
        **more,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "capecontrol", "api"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        running = ApiProcess(process.pid, port, log)
        try:
            assert wait_until(running.is_serving, START_SECONDS), log.read_text()
            yield running
        finally:
            process.terminate()
            process.wait(60)
