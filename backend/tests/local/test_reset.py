from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import CHECKOUT, reset_command
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.reset import remove_local_data
from tests.local.local_run import LocalRunProcess, eventually

LOCAL = {"CAPECONTROL_ENV": "local"}


def agree(_places: object) -> bool:
    """Answer as somebody does who means it."""
    return True


def command(home: Path, *, typed: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as `make reset` does; `typed` is what a person at a terminal answers."""
    ours, theirs = pty.openpty()
    try:
        if typed is not None:
            os.write(ours, f"{typed}\n".encode())
        return subprocess.run(
            [sys.executable, "-m", "capecontrol.local.reset"],
            env={"PATH": os.environ["PATH"], "CAPECONTROL_HOME": str(home)} | environment,
            stdin=subprocess.DEVNULL if typed is None else theirs,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)


def test_it_removes_everything_and_says_so(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    local_run.signal(signal.SIGTERM)
    assert home in remove_local_data(home, agree)
    assert not home.exists()
    local_run.start()
    assert local_run.is_answering()


def test_it_refuses_while_a_run_uses_the_data(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    with pytest.raises(LocalFailure, match="already runs at"):
        remove_local_data(home, agree)
    assert local_run.is_answering()


def test_it_stops_what_a_killed_run_left_behind(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    assert eventually(lambda: "grandchild" in local_run.processes())
    orphans = local_run.processes()
    local_run.signal(signal.SIGKILL)
    remove_local_data(home, agree)
    assert [name for name, identity in orphans.items() if identity.is_running()] == []


def test_it_leaves_a_folder_alone_that_no_run_has_made_its_own(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    with pytest.raises(LocalFailure, match="nothing was deleted"):
        remove_local_data(tmp_path, agree)
    assert (tmp_path / "letter.txt").exists()


@pytest.mark.usefixtures("as_root")
def test_it_names_and_removes_a_database_that_lives_elsewhere(home: Path) -> None:
    home.chmod(0o700)
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    server.stop()
    elsewhere = server.data.parent
    refused = command(home, **LOCAL)
    assert f"  {elsewhere}\n  {home}\n" in refused.stdout
    assert elsewhere in remove_local_data(home, agree)
    assert not elsewhere.exists()


@pytest.mark.parametrize("typed", [None, "", "y", "yes"])
def test_nothing_is_deleted_unless_somebody_says_so(home: Path, typed: str | None) -> None:
    (home / "postgres").mkdir()
    ended = command(home, typed=typed, **LOCAL)
    assert (ended.returncode, (home / "postgres").exists()) == (1, True)
    assert f"for good:\n  {home}\n" in ended.stdout
    assert "Nothing was deleted." in ended.stderr


def test_whoever_cannot_be_asked_gets_the_command_for_this_folder(home: Path) -> None:
    assert f"`CONFIRM=1 CAPECONTROL_HOME={home} make reset`" in command(home, **LOCAL).stderr


@pytest.mark.parametrize(("typed", "given"), [("delete", {}), (None, {"CONFIRM": "1"})])
def test_it_deletes_what_it_named_once_somebody_agrees(home: Path, typed: str | None, given: dict[str, str]) -> None:
    ended = command(home, typed=typed, **LOCAL, **given)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.index(f"for good:\n  {home}\n") < ended.stdout.index(f"Deleted {home}\n")
    assert not home.exists()


@pytest.mark.parametrize("given", [{}, *({"CAPECONTROL_ENV": name} for name in ("", "test", "staging", "production"))])
def test_it_knows_no_environment_but_the_local_one(home: Path, given: dict[str, str]) -> None:
    ended = command(home, CONFIRM="1", **given)
    assert ended.returncode == 1
    assert "the data of the local environment only" in ended.stderr
    assert home.exists()


@pytest.mark.parametrize("given", [{}, {"CAPECONTROL_ENV": "production"}])
def test_make_says_local_and_overrides_nobody(home: Path, given: dict[str, str]) -> None:
    ended = subprocess.run(
        [shutil.which("make") or "make", "reset", "CONFIRM=1", f"PYTHON={sys.executable}"],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], "CAPECONTROL_HOME": str(home)} | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode == 0, home.exists()) == (not given, bool(given)), ended.stderr


def test_the_command_names_a_folder_that_was_chosen() -> None:
    assert reset_command(CHECKOUT / ".local") == "make reset"
    assert reset_command(Path("/srv/my data")) == "CAPECONTROL_HOME='/srv/my data' make reset"
