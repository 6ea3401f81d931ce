"""`make reset`: removes the local database and all other local data, after naming it and asking.

Runs on the standard library alone, so that it works before, or without, an installation.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import ELSEWHERE_PREFIX, default_home, is_claimed, reset_command
from capecontrol.local.lock import HomeLock
from capecontrol.local.private_file import read_private
from capecontrol.local.process import end_recorded

#: What a person types to go on. A word, since Enter alone, or a `y` typed ahead, is typed by accident.
WORD = "delete"


def reset(given: Mapping[str, str]) -> int:
    """Remove the data folder once somebody has agreed, and say what was removed; answers the exit code."""
    environment = given.get("CAPECONTROL_ENV")
    if environment != "local":
        found = f"CAPECONTROL_ENV is {environment!r}" if environment else "CAPECONTROL_ENV is not set"
        sys.stderr.write(f"{found}, and `make reset` deletes the data of the local environment only.\n")
        return 1
    home = default_home(given)
    if not home.exists():
        sys.stdout.write(f"There is no local data in {home}.\n")
        return 0

    def is_meant(places: Sequence[Path]) -> bool:
        return _is_meant(places, home, given)

    try:
        removed = remove_local_data(home, is_meant)
    except LocalFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except PermissionError as error:
        sys.stderr.write(f"{error.filename} belongs to another account: run `make reset` as that account.\n")
        return 1
    sys.stdout.write("".join(f"Deleted {path}\n" for path in removed))
    return 0 if removed else 1


def remove_local_data(home: Path, is_meant: Callable[[Sequence[Path]], bool]) -> list[Path]:
    """Remove a data folder, and the database where it lives elsewhere; answers what was removed.

    `is_meant` is shown these folders first; nothing is touched unless it agrees. Raises `LocalFailure` while a run uses
    the folder, or when it is not one that a run has made its own.
    """
    if not is_claimed(home):
        raise LocalFailure(f"{home} was not created by CapeControl, so nothing was deleted: check CAPECONTROL_HOME.")
    home = home.resolve()
    with HomeLock(home, "(reset)"):
        places = _places(home)
        if not is_meant(places):
            return []
        for record in sorted(home.glob("*.pid")):
            # Nothing needs saving, but PostgreSQL should take its sessions with it.
            end_recorded(record, signal.SIGQUIT if record.stem == "postgres" else signal.SIGKILL, 10)
        for place in places:
            if place != home:
                shutil.rmtree(place)
        for entry in sorted(home.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != "run.lock":
                entry.unlink()
    shutil.rmtree(home)
    return places


def _places(home: Path) -> list[Path]:
    """List the folders that a reset removes: the data folder, and the database's where that is elsewhere."""
    data = Path(read_private(home / "postgres.json").get("data", str(home / "postgres")))
    if not data.exists() or data.is_relative_to(home):
        return [home]
    # Only the folder that the run made for it, whose name says so.
    return [data.parent if data.parent.name.startswith(ELSEWHERE_PREFIX) else data, home]


def _is_meant(places: Sequence[Path], home: Path, given: Mapping[str, str]) -> bool:
    """Name what will be gone, and ask; without a person at the terminal, only CONFIRM=1 agrees."""
    sys.stdout.write("This deletes the local database, e-mails, files, logs and keys for good:\n")
    sys.stdout.write("".join(f"  {place}\n" for place in places))
    sys.stdout.flush()
    if given.get("CONFIRM") == "1":
        return True
    if not sys.stdin.isatty():
        sys.stderr.write(f"Nothing was deleted. To delete it, run `CONFIRM=1 {reset_command(home)}`.\n")
        return False
    sys.stdout.write(f'Type "{WORD}" to go on: ')
    sys.stdout.flush()
    if sys.stdin.readline().strip() == WORD:
        return True
    sys.stderr.write("Nothing was deleted.\n")
    return False


if __name__ == "__main__":
    sys.exit(reset(os.environ))
