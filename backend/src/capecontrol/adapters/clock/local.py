"""The local clock: the machine's, ahead by an offset that every process of a local run reads."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from capecontrol.core.clock import Clock, SystemClock

FILE = "clock-offset-seconds"
#: For how long the file is not looked at again: a request asks for the time eight times.
LOOK_SECONDS = 0.01


class LocalClock:
    """A ``Clock`` that can be moved, so that expiry, lockout and deadlines can be tried without waiting."""

    def __init__(self, folder: Path, base: Clock | None = None) -> None:
        """Keep the offset in a folder: all processes that name the same one show the same time."""
        self._folder = folder
        self._path = folder / FILE
        self._base = base or SystemClock()
        #: The offset that was read last, which state of the file said so, and when to look again.
        self._known: tuple[tuple[int, int] | None, timedelta] = (None, timedelta())
        self._look_at = 0.0

    def now(self) -> datetime:
        """Return the shifted time, aware, in UTC; another process that moved it is followed within ten milliseconds."""
        moment = time.monotonic()
        if moment >= self._look_at:
            self._look_at, self._known = moment + LOOK_SECONDS, self._read()
        return self._base.now() + self._known[1]

    def offset(self) -> timedelta:
        """Return how far the clock is ahead; zero when nobody has moved it."""
        self._known = self._read()
        return self._known[1]

    def _read(self) -> tuple[tuple[int, int] | None, timedelta]:
        try:
            state = self._path.stat()
            # Moving it renames a new file into place, which has another number.
            mark = (state.st_ino, state.st_mtime_ns)
            return self._known if mark == self._known[0] else (mark, timedelta(seconds=int(self._path.read_text())))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None, timedelta()

    def advance(self, seconds: int) -> timedelta:
        """Move the clock in every process and return the new offset."""
        offset = self.offset() + timedelta(seconds=seconds)
        pending = self._folder / f"{FILE}.new"
        pending.write_text(str(int(offset.total_seconds())))
        # Renamed into place: a reader sees the old offset or the new one, never half a file.
        pending.replace(self._path)
        self._look_at = 0.0
        return offset
