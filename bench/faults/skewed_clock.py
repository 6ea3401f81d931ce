"""The clock of one process, which may go wrong while those of the others are right."""

from datetime import UTC, datetime, timedelta

from dial import Dial


class SkewedClock:
    """A ``Clock`` that is ahead by what its dial says, in seconds; behind when that is negative."""

    def __init__(self, dial: Dial) -> None:
        """Take the dial."""
        self._dial = dial

    def now(self) -> datetime:
        """Return the time as this process takes it to be, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._dial.read())
