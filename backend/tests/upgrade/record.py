"""Record an installation of the release that is checked out: `README.md` tells when and how."""

import base64
import getpass
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

# Beside this file, also when the code around is an older release's.
from story import Story

from capecontrol.local.postgres_programs import PostgresPrograms
from capecontrol.main.release import COMPATIBLE_REVISIONS, VERSION
from tests.e2e.caller import eventually
from tests.e2e.running import Running, running

#: Made up; they open nothing but the recorded installation.
SECRET_KEY = "upgrade-tests-only-" + "x" * 32
ENCRYPTION_KEYS = base64.urlsafe_b64encode(b"upgrade-tests-only, not a secret"[:32]).decode()
#: What a data-only dump says beside the data.
PREAMBLE = ("--", "\\restrict", "\\unrestrict", "SET ", "SELECT pg_catalog.set_config")
#: Who restores the rows has migrated to the revision before.
LEFT_OUT = ("alembic_version",)


def record(target: Path) -> None:
    """Run the product, tell it the story, and keep what is in its database, its storage and people's hands."""
    os.environ |= {"SECRET_KEY": SECRET_KEY, "ENCRYPTION_KEYS": ENCRYPTION_KEYS}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "home") as product:
        # The API answers before the demonstration is in; the banner comes after it.
        log = product.home.with_name(f"{product.home.name}.log")
        eventually(lambda: True if "/dev/mailbox" in log.read_text() else None, "the banner")
        secrets = json.loads((product.home / "secrets.json").read_text())
        with Story(product.address, secrets) as story:
            story.before_the_weekend()
            story.sessions()
            story.client_work()
            story.money()
            story.automation()
            story.unverified()
            story.idempotent_request()
            story.audit()
            with halted(product):
                story.left_in_the_outbox()
                answers = story.answers()
                documents = story.documents(stored=fingerprints(product.home / "objects"))
                data = dump(product)
                at = story.now() + timedelta(seconds=1)
            story.pay_the_open_page()
            held: dict[str, Any] = {
                "version": VERSION,
                "revision": COMPATIBLE_REVISIONS[1],
                "at": at.isoformat(),
                "settings": {
                    "PUBLIC_URL": product.address,
                    "SECRET_KEY": SECRET_KEY,
                    "ENCRYPTION_KEYS": ENCRYPTION_KEYS,
                    "STRIPE_SECRET_KEY": secrets["stripe_secret_key"],
                    "STRIPE_WEBHOOK_SECRET": secrets["stripe_webhook_secret"],
                },
                "rows": count_rows(data),
                "documents": documents,
                **story.held,
            }
        target.mkdir(parents=True, exist_ok=True)
        (target / "database.sql").write_text(data)
        (target / "held.json").write_text(json.dumps(held, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        lines = [json.dumps(answer, ensure_ascii=False, sort_keys=True) for answer in answers]
        (target / "answers.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
        shutil.rmtree(target / "objects", ignore_errors=True)
        shutil.copytree(product.home / "objects", target / "objects")


@contextmanager
def halted(product: Running) -> Iterator[None]:
    """Halt the background, so that the database stands still while it is read."""
    background = [
        process
        for process in psutil.process_iter()
        if process.cmdline()[-1:] in (["worker"], ["scheduler"])
        and process.environ().get("CAPECONTROL_HOME") == str(product.home)
    ]
    assert len(background) >= 2, background
    family = [one for process in background for one in (process, *process.children(recursive=True))]
    for process in family:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in family:
            process.send_signal(signal.SIGCONT)


def dump(product: Running) -> str:
    """Return the rows of all tables as `COPY` statements, parents before children."""
    secret = json.loads((product.home / "postgres.json").read_text())
    options = ("--data-only", "--restrict-key=data", *(f"--exclude-table={name}" for name in LEFT_OUT))
    answer = subprocess.run(
        [PostgresPrograms.installed().path("pg_dump"), *options, "-d", "capecontrol"],
        env={
            "PGHOST": "127.0.0.1",
            "PGPORT": secret["port"],
            "PGUSER": "postgres",
            "PGPASSWORD": secret["superuser_password"],
        },
        capture_output=True,
        text=True,
        check=True,
    )
    kept = [line for line in answer.stdout.splitlines() if line and not line.startswith(PREAMBLE)]
    return ("\n".join(kept) + "\n").replace(f"{getpass.getuser()}@{socket.gethostname()}", "recorder@nowhere")


def fingerprints(objects: Path) -> set[str]:
    """Return the SHA-256 of each stored file."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in objects.rglob("*") if path.is_file()}


def count_rows(data: str) -> dict[str, int]:
    """Count the rows of each table in a dump."""
    rows, table = {}, None
    for line in data.splitlines():
        if table is None:
            table = line.split()[1].removeprefix("public.")
            rows[table] = 0
        elif line == "\\.":
            table = None
        else:
            rows[table] += 1
    return rows


if __name__ == "__main__":
    record(Path(sys.argv[1]))
