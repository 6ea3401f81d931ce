from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from capecontrol.local.environment import local_environment
from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import CHECKOUT, MARKER
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.services import embedded_postgres
from capecontrol.main.release import COMPATIBLE_REVISIONS
from tests.local.local_run import LocalRunProcess, eventually

EVERYTHING = {"postgres", "valkey", "api", "worker", "scheduler", "grandchild"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_every_child_and_grandchild(local_run: LocalRunProcess, number: signal.Signals) -> None:
    local_run.start()
    assert local_run.runs_exactly(EVERYTHING)
    processes = local_run.processes()
    assert eventually(lambda: {"worker started", "scheduler started"} <= set(local_run.notes()))
    assert local_run.signal(number) == 0
    assert [name for name, identity in processes.items() if identity.is_running()] == []
    assert local_run.notes()[-2:] == ["scheduler stopped", "worker stopped"]


def test_migrations_are_allowed_for_the_embedded_database_and_the_seed_follows(local_run: LocalRunProcess) -> None:
    local_run.start()
    assert [note for note in local_run.notes() if "started" not in note] == ["db migrate 1", "seed -"]


def test_a_second_start_leaves_out_what_has_been_done(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    local_run.signal(signal.SIGTERM)
    with embedded_postgres(home) as server:
        server.run_sql(
            f"CREATE TABLE alembic_version AS SELECT '{COMPATIBLE_REVISIONS[1]}' AS version_num", database="capecontrol"
        )
    (home / "notes").unlink()
    local_run.start()
    assert eventually(lambda: set(local_run.notes()) == {"worker started", "scheduler started"})


def test_a_fresh_database_is_prepared_again(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    local_run.signal(signal.SIGTERM)
    EmbeddedPostgres(home).destroy()
    (home / "notes").unlink()
    local_run.start()
    assert {"db migrate 1", "seed -"} <= set(local_run.notes())


OWN_SERVERS = {"DATABASE_URL": "postgresql://somewhere/else", "REDIS_URL": "redis://somewhere.else/0"}


def test_a_database_of_ones_own_is_neither_replaced_nor_migrated_nor_seeded(local_run: LocalRunProcess) -> None:
    local_run.start(**OWN_SERVERS)
    assert local_run.runs_exactly({"api", "worker", "scheduler", "grandchild"})
    assert [note for note in local_run.notes() if "started" not in note] == ["db status -"]


def test_a_schema_of_ones_own_that_is_behind_gets_the_command_instead(local_run: LocalRunProcess) -> None:
    sentence = local_run.refusal(**OWN_SERVERS, STUB_COMPATIBLE="no")
    assert "`CAPECONTROL_ENV=local ALLOW_MIGRATIONS=1 .venv/bin/capecontrol db migrate`" in sentence
    assert local_run.notes() == ["db status -"]


def test_what_crashes_is_started_again(local_run: LocalRunProcess) -> None:
    local_run.start()
    assert local_run.runs_exactly(EVERYTHING)
    before = local_run.processes()
    for name in ("api", "postgres", "valkey", "worker"):
        os.kill(before[name].pid, signal.SIGKILL)
    assert eventually(
        lambda: all(local_run.processes().get(name) != before[name] for name in EVERYTHING - {"scheduler"})
    )
    assert local_run.runs_exactly(EVERYTHING)
    assert eventually(local_run.is_answering)
    assert local_run.processes()["scheduler"] == before["scheduler"]
    assert not before["grandchild"].is_running()
    assert json.loads((local_run.home / "postgres.json").read_text())["port"]


def test_the_next_run_recovers_from_a_killed_supervisor(local_run: LocalRunProcess) -> None:
    local_run.start()
    assert local_run.runs_exactly(EVERYTHING)
    orphans = local_run.processes()
    local_run.signal(signal.SIGKILL)
    assert all(identity.is_running() for identity in orphans.values())
    local_run.start()
    assert [name for name, identity in orphans.items() if identity.is_running()] == []
    assert local_run.runs_exactly(EVERYTHING)


def test_a_second_run_in_the_same_folder_gets_one_sentence(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    sentence = LocalRunProcess(home).refusal()
    assert sentence.startswith(f"CapeControl already runs at http://localhost:{local_run.port} ")
    assert sentence.count("\n") == 1
    assert local_run.is_answering()


def test_other_accounts_read_nothing_of_the_data(local_run: LocalRunProcess, home: Path) -> None:
    """Neither what a run writes nor what an earlier release left open."""
    left = home / "n8n" / "local-n8n.sqlite3"
    left.parent.mkdir(mode=0o755)
    left.touch(0o644)
    (home / "old.log").touch(0o644)
    local_run.start()
    assert local_run.runs_exactly(EVERYTHING)
    found = [path for path in home.rglob("*") if path != left and not path.is_symlink()]
    assert {"notes", "logs", "postgres", "valkey.log", "old.log", "n8n", "secrets.json"} <= {
        path.name for path in found
    }
    assert [f"{path} {path.stat().st_mode:o}" for path in found if path.stat().st_mode & 0o077] == []


def test_a_taken_port_gets_one_sentence_with_the_command_that_helps(local_run: LocalRunProcess) -> None:
    with socket.create_server(("127.0.0.1", local_run.port)):
        sentence = local_run.refusal()
    assert f"`PORT={local_run.port + 1} make run`" in sentence
    assert sentence.count("\n") == 1
    assert local_run.processes() == {}


def test_a_taken_port_is_told_before_anything_is_installed(tmp_path: Path) -> None:
    """In a checkout without an environment; installing one would leave a folder, and take longer than the limit."""
    checkout = tmp_path / "checkout"
    for folder in ("scripts", "backend/src/capecontrol/local"):
        shutil.copytree(CHECKOUT / folder, checkout / folder)
    shutil.copy(CHECKOUT / "backend/src/capecontrol/__init__.py", checkout / "backend/src/capecontrol")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, str(checkout / "scripts" / "bootstrap.py"), "run", "-m", "capecontrol.local.run"],
            env={"PATH": os.environ["PATH"], "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert ended.stderr == f"Port {port} is taken by another program: `PORT={port + 1} make run` uses the next one.\n"
    assert (ended.returncode, (checkout / ".venv").exists(), (checkout / ".cache").exists()) == (1, False, False)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_no_port_gets_one_sentence(local_run: LocalRunProcess, port: str) -> None:
    assert "`PORT=8001 make run`" in local_run.refusal(PORT=port)


def test_it_runs_in_no_environment_but_local(local_run: LocalRunProcess) -> None:
    assert "`unset CAPECONTROL_ENV`" in local_run.refusal(CAPECONTROL_ENV="production")
    assert local_run.processes() == {}


def test_a_failed_migration_shows_its_log_and_leaves_nothing_running(local_run: LocalRunProcess) -> None:
    assert "`migrate` failed" in local_run.refusal(STUB_JOB_CODE="1")
    assert local_run.processes() == {}


def test_a_process_that_keeps_crashing_shows_its_log_and_leaves_nothing_running(local_run: LocalRunProcess) -> None:
    sentence = local_run.refusal(STUB_CRASH="scheduler", STUB_UNREADY="1")
    assert "--- scheduler\nthe stub has crashed" in sentence
    assert local_run.processes() == {}


def test_a_folder_that_holds_something_else_is_refused(local_run: LocalRunProcess, home: Path) -> None:
    other = home.parent / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("Dear Sir or Madam")
    assert "holds something else" in local_run.refusal(CAPECONTROL_HOME=str(other))
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("place", ["/proc/capecontrol", "/dev/null", "/dev/null/capecontrol"])
def test_a_folder_that_cannot_hold_data_gets_one_sentence(local_run: LocalRunProcess, place: str) -> None:
    sentence = local_run.refusal(CAPECONTROL_HOME=place)
    assert sentence.startswith(f"{place} can't hold the local data (")
    assert sentence.endswith("choose another folder with CAPECONTROL_HOME.\n")
    assert sentence.count("\n") == 1


def test_a_disk_that_becomes_full_gets_one_sentence(local_run: LocalRunProcess, home: Path) -> None:
    # Whatever is written to this device finds no space.
    (home / MARKER).unlink()
    (home / MARKER).symlink_to("/dev/full")
    assert local_run.refusal() == (
        f"{home} can't hold the local data (no space left on device): choose another folder with CAPECONTROL_HOME.\n"
    )


def test_secrets_are_made_once_and_kept_to_their_owner(home: Path) -> None:
    first = local_environment(home, 8000, {})
    assert local_environment(home, 8000, {}) == first
    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert first["STRIPE_SECRET_KEY"].startswith("sk_test_local")
    assert first["STRIPE_API_BASE"] == "http://127.0.0.1:8000/dev/stripe"


def test_real_stripe_keys_lead_to_the_real_stripe(home: Path) -> None:
    given = {"STRIPE_SECRET_KEY": "sk_test_mine", "STRIPE_WEBHOOK_SECRET": "whsec_mine"}
    environment = local_environment(home, 8000, given)
    assert environment["STRIPE_SECRET_KEY"] == "sk_test_mine"
    assert environment["STRIPE_WEBHOOK_SECRET"] == "whsec_mine"
    assert "STRIPE_API_BASE" not in environment


def test_an_environment_other_than_local_is_named(home: Path) -> None:
    with pytest.raises(LocalFailure, match="'staging'"):
        local_environment(home, 8000, {"CAPECONTROL_ENV": "staging"})
