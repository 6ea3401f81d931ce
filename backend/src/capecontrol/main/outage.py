"""Absences of a part: logged when they begin, once a minute while they last, and when they end."""

import time
from collections.abc import Callable, Iterator

import structlog

log = structlog.get_logger("outage")

#: How often an absence that lasts is told again: whoever reads a part of the log must not take it for over.
AGAIN_SECONDS = 60.0


class Outage:
    """Whether one part is away, and since when."""

    def __init__(self, part: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the part's name for the log, and seconds that only move forward."""
        self._part, self._clock = part, clock
        self._since: float | None = None
        self._told_at = 0.0

    @property
    def seconds(self) -> float:
        """Return for how long the part has been away; 0 while it is there."""
        return 0.0 if self._since is None else self._clock() - self._since

    def begin(self, error: Exception) -> None:
        """Note a failed try. Of the error, its kind and PostgreSQL's code: its text may hold a password."""
        now = self._clock()
        if self._since is None:
            self._since = now
        elif now - self._told_at < AGAIN_SECONDS:
            return
        self._told_at = now
        log.warning(
            "part.away",
            part=self._part,
            error=type(error).__name__,
            sqlstate=_sqlstate(error),
            seconds=round(self.seconds, 1),
        )

    def end(self) -> None:
        """Note a try that went well."""
        if self._since is not None:
            log.info("part.back", part=self._part, seconds=round(self.seconds, 1))
            self._since = None


def _sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's code of an error or of what it wraps; None where it is of something else."""
    return next((state for cause in _causes(error) if (state := getattr(cause, "sqlstate", None))), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__
