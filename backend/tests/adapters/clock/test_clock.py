"""The machine's clock and the local one keep the same promise; the local one can be moved for all processes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from capecontrol.adapters.clock.local import LocalClock
from capecontrol.core.clock import Clock, SystemClock


@pytest.fixture(params=["system", "local"])
def kept_clock(request: pytest.FixtureRequest, tmp_path: Path) -> Clock:
    return SystemClock() if request.param == "system" else LocalClock(tmp_path)


def test_it_tells_the_time_in_utc(kept_clock: Clock) -> None:
    before = datetime.now(UTC)
    told = kept_clock.now()

    assert before <= told <= datetime.now(UTC)
    assert told.utcoffset() == timedelta()


def test_what_moves_it_in_one_process_moves_it_in_all(tmp_path: Path) -> None:
    mover, other = LocalClock(tmp_path), LocalClock(tmp_path)
    mover.advance(3600)

    assert mover.advance(1800) == other.offset() == timedelta(minutes=90)
    assert other.now() - datetime.now(UTC) > timedelta(minutes=89)


def test_what_it_told_before_does_not_hold_it_back(tmp_path: Path) -> None:
    """It looks again within ten milliseconds; its own move it knows at once."""
    mover, other = LocalClock(tmp_path), LocalClock(tmp_path)
    assert _ahead(mover) == _ahead(other) == 0
    mover.advance(3600)
    assert _ahead(mover) == 60
    _wait_until(lambda: _ahead(other) == 60)
    for file in tmp_path.iterdir():
        file.unlink()
    _wait_until(lambda: _ahead(other) == 0)


def _ahead(clock: Clock) -> int:
    """Return by how many minutes, to the nearest one."""
    return round((clock.now() - datetime.now(UTC)) / timedelta(minutes=1))


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 1
    while not is_so():
        assert time.monotonic() < end


def test_an_offset_that_cannot_be_read_leaves_the_machines_time(tmp_path: Path) -> None:
    moved = LocalClock(tmp_path)
    moved.advance(3600)
    for file in tmp_path.iterdir():
        file.write_text("not a number")

    assert moved.offset() == timedelta()
    assert LocalClock(tmp_path / "is not there").offset() == timedelta()
