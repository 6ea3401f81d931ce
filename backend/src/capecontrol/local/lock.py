"""The lock that lets one run, or one reset, at a time use a data folder."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from capecontrol.local.failure import LocalFailure


class HomeLock:
    """Holds a data folder for this process; the kernel lets go of it however the process dies."""

    def __init__(self, home: Path, address: str) -> None:
        self._path = home / "run.lock"
        self._address = address
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Take the lock or raise `LocalFailure` naming who holds it."""
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = self._holder()
            os.close(self._descriptor)
            raise LocalFailure(message) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps({"pid": os.getpid(), "address": self._address}).encode(), 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the folder."""
        os.close(self._descriptor)

    def _holder(self) -> str:
        try:
            content = json.loads(os.pread(self._descriptor, 1024, 0))
            pid, address = int(content["pid"]), str(content["address"])
        except (ValueError, KeyError, TypeError):
            return f"CapeControl already uses {self._path.parent}: stop it first (Ctrl-C where it runs)."
        return (
            f"CapeControl already runs at {address} with the data in {self._path.parent}: stop it with Ctrl-C "
            f"where it runs or with `kill {pid}`, or start another one with CAPECONTROL_HOME and PORT."
        )
