"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class MovingClock:
    """Starts at the machine's time and goes on with it; tests add to it, or stop it at a moment."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._stopped_at: datetime | None = None

    def now(self) -> datetime:
        return self._stopped_at or datetime.now(UTC) + self._offset

    def advance(self, step: timedelta) -> None:
        self._offset += step
        if self._stopped_at is not None:
            self._stopped_at += step

    def stop(self, moment: datetime) -> None:
        """Show this moment, and no other, until it is moved: for what ends at an exact moment."""
        self._stopped_at = moment

    def reset(self) -> None:
        self._offset = timedelta()
        self._stopped_at = None
