"""`make reset`: removes the local database and all other local data.

Runs on the standard library alone, so that it works before, or without, an installation.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import ELSEWHERE_PREFIX, default_home, is_claimed
from capecontrol.local.lock import HomeLock
from capecontrol.local.private_file import read_private
from capecontrol.local.process import end_recorded


def reset() -> int:
    """Remove the data folder and say what was removed; answers the exit code."""
    environment = os.environ.get("CAPECONTROL_ENV") or "local"
    if environment != "local":
        sys.stderr.write(f"CAPECONTROL_ENV is {environment!r}, and `make reset` removes local data only.\n")
        return 1
    home = default_home(dict(os.environ))
    if not home.exists():
        sys.stdout.write(f"There is no local data in {home}.\n")
        return 0
    try:
        removed = remove_local_data(home)
    except LocalFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except PermissionError as error:
        sys.stderr.write(f"{error.filename} belongs to another account: run `make reset` as that account.\n")
        return 1
    sys.stdout.write("".join(f"Removed {path}\n" for path in removed))
    return 0


def remove_local_data(home: Path) -> list[Path]:
    """Remove a data folder, and the database where it lives elsewhere; answers what was removed.

    Raises `LocalFailure` while a run uses the folder, or when it is not one that a run has made its own.
    """
    if not is_claimed(home):
        raise LocalFailure(f"{home} was not made by CapeControl, so nothing was removed: check CAPECONTROL_HOME.")
    home = home.resolve()
    removed = []
    with HomeLock(home, "(reset)"):
        for record in sorted(home.glob("*.pid")):
            # Nothing needs saving, but PostgreSQL should take its sessions with it.
            end_recorded(record, signal.SIGQUIT if record.stem == "postgres" else signal.SIGKILL, 10)
        data = Path(read_private(home / "postgres.json").get("data", str(home / "postgres")))
        if data.exists() and not data.is_relative_to(home):
            # Only the folder that the run made for it, whose name says so.
            place = data.parent if data.parent.name.startswith(ELSEWHERE_PREFIX) else data
            shutil.rmtree(place)
            removed.append(place)
        for entry in sorted(home.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != "run.lock":
                entry.unlink()
        removed.append(home)
    shutil.rmtree(home)
    return removed


if __name__ == "__main__":
    sys.exit(reset())
