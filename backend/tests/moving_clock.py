"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class MovingClock:
    """Starts at the machine's time and goes on with it; tests add to it."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def advance(self, step: timedelta) -> None:
        self._offset += step

    def reset(self) -> None:
        self._offset = timedelta()
