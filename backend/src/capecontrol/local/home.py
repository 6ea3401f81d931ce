"""The folder that holds everything local: databases, logs, secrets, stored files."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path

from capecontrol.local.account import Account
from capecontrol.local.failure import LocalFailure

VAR = Path("/var")
STATE_FOLDERS = (VAR / "lib", VAR / "tmp")  # where a database may live that cannot live at home
CACHE_FOLDERS = (VAR / "cache", VAR / "tmp")
ELSEWHERE_PREFIX = "capecontrol-"
MARKER = "capecontrol-data"
CHECKOUT = Path(__file__).resolve().parents[4]


def default_home(given: Mapping[str, str]) -> Path:
    """Choose the data folder: CAPECONTROL_HOME, or `.local` in the checkout."""
    chosen = given.get("CAPECONTROL_HOME")
    return Path(chosen).expanduser().absolute() if chosen else CHECKOUT / ".local"


def reset_command(home: Path) -> str:
    """Write the command that deletes a data folder; for one that was chosen it names the choice."""
    is_default = home.resolve() == (CHECKOUT / ".local").resolve()
    return "make reset" if is_default else f"CAPECONTROL_HOME={shlex.quote(str(home))} make reset"


def claim_home(home: Path) -> Path:
    """Make the folder ours, so that a reset may remove it; refuses one that holds something else, or can't be used."""
    try:
        is_ours = is_claimed(home) or home.resolve() == (CHECKOUT / ".local").resolve()
        if home.exists() and any(home.iterdir()) and not is_ours:
            raise LocalFailure(
                f"{home} holds something else: choose an empty folder, or one that does not exist yet, with "
                "CAPECONTROL_HOME."
            )
        home = make_home(home)
        # Written anew each time: a disk that became full, or read-only, shows here and not somewhere in a server.
        (home / MARKER).write_text("Local data of CapeControl. Deleted by `make reset`.\n")
    except OSError as error:
        raise unusable(home, error) from error
    return home


def unusable(home: Path, error: OSError) -> LocalFailure:
    """Make the sentence for a folder that local data cannot be written to: read-only, full, or no folder at all."""
    why = (error.strerror or str(error)).lower()
    return LocalFailure(f"{home} can't hold the local data ({why}): choose another folder with CAPECONTROL_HOME.")


def is_claimed(home: Path) -> bool:
    """Tell whether a local run has made the folder its own: it holds local data and nothing else."""
    return (home / MARKER).exists()


def make_home(home: Path) -> Path:
    """Make the folder if it is missing, closed to others; root's can be passed through, but not listed."""
    home = home.absolute()
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir()
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if home.stat().st_uid != os.geteuid():
        raise LocalFailure(
            f"{home} belongs to another account: run as that account, or choose another folder with CAPECONTROL_HOME."
        )
    return home.resolve()


def close_to_others(home: Path) -> None:
    """Take from other accounts what an earlier release left open: closed at the top, all below is out of reach.

    What belongs to another account, such as PostgreSQL's own, is its to close.
    """
    for path in home.iterdir():
        found = path.lstat()
        if found.st_uid == os.geteuid() and found.st_mode & 0o077 and not path.is_symlink():
            path.chmod(found.st_mode & 0o700)


def place_for(home: Path, account: Account | None) -> Path:
    """Answer `home`, or a new folder elsewhere when `account` cannot get there (home below /root, say).

    The rights of folders that others made are never changed for it. The name is new each time, because a home that is
    gone may have left, or lent, the folder that a name derived from its path would find.
    """
    if account is None or account.may("-x", home):
        return home
    temporary = Path(tempfile.gettempdir()).resolve()
    for candidate in (temporary,) if home.is_relative_to(temporary) else STATE_FOLDERS:
        if not candidate.is_dir() or not account.may("-x", candidate):
            continue
        try:
            folder = Path(tempfile.mkdtemp(prefix=ELSEWHERE_PREFIX, dir=candidate))
        except OSError:
            continue
        folder.chmod(0o711)
        return folder
    raise unreachable(account)


def cache_home(account: Account) -> Path:
    """Answer a folder that `account` can read and only we can write, for copies of programs."""
    for candidate in CACHE_FOLDERS:
        folder = candidate / "capecontrol"
        if not candidate.is_dir() or not account.may("-x", candidate):
            continue
        try:
            folder.mkdir()
            folder.chmod(0o711)
        except FileExistsError:
            # Somebody else could have put a folder or a link here, with programs of theirs.
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
        except OSError:
            continue
        return folder
    raise unreachable(account)


def unreachable(account: Account) -> LocalFailure:
    """Make the sentence for the case that no folder will do."""
    return LocalFailure(
        f"The account {account.name}, which runs PostgreSQL, cannot reach the data folder: "
        "choose one that it can reach with CAPECONTROL_HOME, or set DATABASE_URL."
    )
