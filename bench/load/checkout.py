"""A checkout of the product, this one or another: how its commands and servers are started."""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
BARE = HERE / "bench" / "bare"


@dataclass(frozen=True)
class Checkout:
    """The folder of a repository with an installed `.venv`."""

    root: Path

    @property
    def python(self) -> str:
        """The Python that its product is installed in."""
        return str(self.root / ".venv" / "bin" / "python")

    @property
    def folder(self) -> Path:
        """Where its commands run."""
        return self.root / "backend"

    def command(self, *words: str) -> list[str]:
        """Build a command line of its product."""
        return [self.python, "-m", "capecontrol", *words]

    def bare(self, port: int) -> list[str]:
        """Build the command line of the bare app, on the loop and the HTTP parser that this checkout has."""
        server = [self.python, "-m", "uvicorn", "app:app", "--app-dir", str(BARE), "--port", str(port)]
        return [*server, "--no-access-log", "--no-server-header", "--log-level", "warning"]

    def server_parts(self) -> str:
        """Name the event loop and the HTTP parser that uvicorn chooses here."""
        script = (
            "from importlib.util import find_spec as has\n"
            "print('uvloop' if has('uvloop') else 'asyncio', 'httptools' if has('httptools') else 'h11')"
        )
        return subprocess.run([self.python, "-c", script], capture_output=True, text=True, check=True).stdout.strip()

    def commit(self) -> str:
        """Return the short name of the commit, marked when files differ from it."""
        words = ["git", "-C", str(self.root), "describe", "--always", "--abbrev=9", "--dirty", "--exclude=*"]
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip() or "unknown"

    def migrate(self, owner_url: str, environment: Mapping[str, str]) -> None:
        """Bring the database up to this checkout's schema, as the login that owns it."""
        self.perform("db", "migrate", environment={**environment, "DATABASE_URL": owner_url})

    def perform(self, *words: str, environment: Mapping[str, str]) -> None:
        """Run one command of the product to its end.

        Raises:
            RuntimeError: it failed; with what it said.
        """
        answer = subprocess.run(
            self.command(*words), cwd=self.folder, env=dict(environment), capture_output=True, text=True, check=False
        )
        if answer.returncode != 0:
            raise RuntimeError(f"`capecontrol {' '.join(words)}` failed: {(answer.stderr or answer.stdout).strip()}")


def fresh_settings(home: Path, *, database_url: str, redis_url: str) -> dict[str, str]:
    """Return the environment of an installation that nothing throttles and that reaches nobody outside."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "CAPECONTROL_ENV": "test",
        "CAPECONTROL_HOME": str(home),
        "PUBLIC_URL": "http://localhost:8000",
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ENCRYPTION_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "RATE_LIMITS": "false",
        "LOG_LEVEL": "WARNING",
        "STRIPE_SECRET_KEY": "sk_test_bench",
        "STRIPE_WEBHOOK_SECRET": "whsec_bench",
        "STRIPE_API_BASE": "http://127.0.0.1:9",
        "ALLOW_MIGRATIONS": "1",
    }
