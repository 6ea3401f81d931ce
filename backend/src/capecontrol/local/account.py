"""The account that PostgreSQL runs as when we are root, since it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.failure import LocalFailure

CANDIDATES = ("postgres", "nobody", "daemon", "_postgres")


@dataclass(frozen=True)
class Account:
    """An existing unprivileged account; none is ever made."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_database(cls, data: Path) -> Account | None:
        """Choose who runs the database: `None` (ourselves) unless we are root.

        The owner of an existing data folder decides, so that an account made later does not lock it out.
        """
        if os.geteuid() != 0:
            return None
        if data.exists() and data.stat().st_uid != 0:
            entry = pwd.getpwuid(data.stat().st_uid)
            return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)
        for name in CANDIDATES:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            account = cls(entry.pw_name, entry.pw_uid, entry.pw_gid)
            if entry.pw_uid != 0 and account.may("-x", Path("/")):
                return account
        raise LocalFailure(
            "PostgreSQL does not run as root and none of the accounts "
            f"{', '.join(CANDIDATES)} can be used here: run `make run` as an ordinary user, or set "
            "DATABASE_URL."
        )

    def may(self, test: str, path: Path) -> bool:
        """Ask the kernel, as this account, whether `path` passes a `test(1)` such as `-x` or `-r`."""
        try:
            answer = subprocess.run(
                [shutil.which("test") or "/usr/bin/test", test, str(path)],
                check=False,
                cwd="/",
                user=self.uid,
                group=self.gid,
                extra_groups=[],
            )
        except OSError:
            return False
        return answer.returncode == 0
