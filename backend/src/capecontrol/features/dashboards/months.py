"""Months as the business counts them: in its time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class MonthToDate:
    """This month until now, and the same stretch of the month before, as instants in UTC."""

    start: datetime
    now: datetime
    last_start: datetime
    last_end: datetime

    @classmethod
    def of(cls, now: datetime, timezone: ZoneInfo) -> "MonthToDate":
        """Return the stretches around a moment.

        The one of last month ends where last month does: on 31 March February counts as a whole.
        """
        local = now.astimezone(timezone)
        start = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        last_start = (start - timedelta(days=1)).replace(day=1)
        # Wall-clock arithmetic within one zone: days of 23 or 25 hours keep their hour.
        last_end = min(last_start + (local.replace(tzinfo=None) - start.replace(tzinfo=None)), start)
        return cls(*(moment.astimezone(UTC) for moment in (start, local, last_start, last_end)))
