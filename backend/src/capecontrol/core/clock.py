"""Time. Business code never asks the operating system; it asks the clock of its unit of work."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that runs beside another by an offset which others may change while it runs.

    The local run uses it so that expiry, lockout and deadlines can be tried without waiting.
    """

    def __init__(self, offset: Callable[[], timedelta], base: Clock | None = None) -> None:
        """Read the offset anew at each call: it may live outside this process."""
        self._offset = offset
        self._base = base or SystemClock()

    def now(self) -> datetime:
        """Return the shifted time, aware, in UTC."""
        return self._base.now() + self._offset()
