"""The folder that holds everything local: databases, logs, secrets, stored files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from capecontrol.main.local.account import Account
from capecontrol.main.local.failure import LocalFailure

VAR = Path("/var")
STATE_FOLDERS = (VAR / "lib", VAR / "tmp")  # where a database may live that cannot live at home
CACHE_FOLDERS = (VAR / "cache", VAR / "tmp")


def make_home(home: Path) -> Path:
    """Make the folder if it is missing, closed to others; root's can be passed through, but not listed."""
    home = home.absolute()
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir()
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if home.stat().st_uid != os.geteuid():
        raise LocalFailure(
            f"{home} belongs to another account: run as that account, or choose another folder with "
            "CAPECONTROL_HOME."
        )
    return home.resolve()


def reachable_home(home: Path, account: Account | None) -> Path:
    """Answer `home`, or a folder of its own elsewhere when `account` cannot get there (home below /root, say).

    The rights of folders that others made are never changed for it.
    """
    if account is None or account.may("-x", home):
        return home
    temporary = Path(tempfile.gettempdir()).resolve()
    candidates = (temporary,) if home.is_relative_to(temporary) else STATE_FOLDERS
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return own_folder(candidates, f"capecontrol-{digest}", account)


def cache_home(account: Account) -> Path:
    """Answer a folder that `account` can read and only we can write, for copies of programs."""
    return own_folder(CACHE_FOLDERS, "capecontrol", account)


def own_folder(candidates: tuple[Path, ...], name: str, account: Account) -> Path:
    """Make or find our folder `name` in the first candidate that `account` can reach."""
    for candidate in candidates:
        folder = candidate / name
        if not candidate.is_dir() or not account.may("-x", candidate):
            continue
        try:
            folder.mkdir()
            folder.chmod(0o711)
        except FileExistsError:
            # Somebody else could have put a folder or a link here, to be given a database.
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
        except OSError:
            continue
        return folder
    raise LocalFailure(
        f"The account {account.name}, which runs PostgreSQL, cannot reach the data folder: "
        "choose one that it can reach with CAPECONTROL_HOME, or set DATABASE_URL."
    )
