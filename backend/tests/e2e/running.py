"""The whole product as `make run` starts it, in a data folder of its own."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.banner import LAST_LINE
from capecontrol.local.port import LOOPBACK, free_port

START_SECONDS = 180.0
STOP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """A running product."""

    address: str
    home: Path


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/api/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def running(home: Path) -> Iterator[Running]:
    """Start everything, wait until it is ready, and stop it like Ctrl-C would."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "CAPECONTROL_ENV", "SMTP_URL")
    }
    environment |= {"PORT": str(port), "CAPECONTROL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "capecontrol", "run"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not (LAST_LINE in log.read_text() and _is_ready(port)):
                assert process.poll() is None, f"the product ended:\n{log.read_text()}"
                assert time.monotonic() < deadline, f"the product is not ready:\n{log.read_text()}"
                time.sleep(0.2)
            yield Running(f"http://localhost:{port}", home)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)
