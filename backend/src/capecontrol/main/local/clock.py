"""The local run's clock: an offset in the data folder that every process reads."""

from datetime import timedelta
from pathlib import Path

FILE = "clock-offset-seconds"


def read_offset(home: Path) -> timedelta:
    """Return how far the local clock is ahead; zero when nobody moved it."""
    try:
        return timedelta(seconds=int((home / FILE).read_text()))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return timedelta()


def advance(home: Path, seconds: int) -> timedelta:
    """Move the clock of every process of the local run and return the new offset."""
    offset = read_offset(home) + timedelta(seconds=seconds)
    pending = home / f"{FILE}.new"
    pending.write_text(str(int(offset.total_seconds())))
    # Renamed into place: a reader sees the old offset or the new one, never half a file.
    pending.replace(home / FILE)
    return offset
