"""The settings that the local run gives to its processes."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import CHECKOUT
from capecontrol.local.private_file import read_private, write_private

DEFAULT_PORT = 8000
HOMEBREW_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib"


def chosen_port(given: Mapping[str, str]) -> int:
    """Read PORT, 8000 when it is not given."""
    text = given.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise LocalFailure(f"PORT is {text!r}, which is no port number: try `PORT=8001 make run`.")
    return int(text)


def local_environment(home: Path, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """Build the environment of every process: what the person has set wins, the rest has local values.

    DATABASE_URL and REDIS_URL are not among them; the run adds those of the embedded servers. Secrets are made
    once and kept in the data folder, so that sessions and sealed values survive a restart.
    """
    if given.get("CAPECONTROL_ENV", "local") != "local":
        raise LocalFailure(
            f"CAPECONTROL_ENV is {given['CAPECONTROL_ENV']!r}, but `make run` is for the local environment only: "
            "`unset CAPECONTROL_ENV`."
        )
    address = f"http://127.0.0.1:{port}"
    kept = _kept_secrets(home)
    values = {
        "PUBLIC_URL": f"http://localhost:{port}",
        "SECRET_KEY": kept["secret_key"],
        "ENCRYPTION_KEYS": kept["encryption_key"],
        "N8N_LOCAL_API_KEY": kept["n8n_api_key"],
        # Engines on this machine reach us by number: their "localhost" may be the other loopback.
        "CALLBACK_URL": address,
        "BUILD_COMMIT": _commit(),
        # One is ready soonest, and what stands in for the outside lives in it.
        "API_PROCESSES": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if not given.get("STRIPE_SECRET_KEY"):
        values |= {
            "STRIPE_SECRET_KEY": kept["stripe_secret_key"],
            "STRIPE_WEBHOOK_SECRET": kept["stripe_webhook_secret"],
            "STRIPE_API_BASE": f"{address}/dev/stripe",
        }
    if sys.platform == "darwin":
        # Where Homebrew puts Pango; a Python from elsewhere does not look there.
        values["DYLD_FALLBACK_LIBRARY_PATH"] = HOMEBREW_LIBRARIES
    set_by_person = {name: value for name, value in given.items() if value != ""}
    # The stand-in for n8n is a private address that may be called, beside those that the person names.
    named = [host for host in given.get("OUTBOUND_PRIVATE_HOSTS", "").split(",") if host.strip()]
    fixed = {
        "CAPECONTROL_ENV": "local",
        "CAPECONTROL_HOME": str(home),
        "PORT": str(port),
        "OUTBOUND_PRIVATE_HOSTS": ",".join([*named, f"127.0.0.1:{port}", f"localhost:{port}"]),
    }
    return values | set_by_person | fixed


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    answer = subprocess.run(
        [git, "-C", str(CHECKOUT), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "unknown"


def _kept_secrets(home: Path) -> dict[str, str]:
    path = home / "secrets.json"
    kept = read_private(path)
    fresh = {
        "secret_key": secrets.token_urlsafe(32),
        "encryption_key": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "stripe_secret_key": f"sk_test_local{secrets.token_hex(16)}",
        "stripe_webhook_secret": f"whsec_local{secrets.token_hex(16)}",
        "n8n_api_key": f"n8n_local_{secrets.token_hex(16)}",
    }
    if fresh.keys() - kept.keys():
        kept = fresh | kept
        write_private(path, kept)
    return kept
