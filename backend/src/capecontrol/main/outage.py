"""Absences of a part, logged when they begin and when they end, and not at each try between."""

import time

import structlog

log = structlog.get_logger("outage")


class Outage:
    """Whether one part is away, and since when."""

    def __init__(self, part: str) -> None:
        """Take the part's name for the log."""
        self._part = part
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Return for how long the part has been away; 0 while it is there."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    def begin(self, error: Exception) -> None:
        """Note a failed try. Only the kind of error is logged: its text may hold an address with a password."""
        if self._since is None:
            self._since = time.monotonic()
            log.warning("part.away", part=self._part, error=type(error).__name__)

    def end(self) -> None:
        """Note a try that went well."""
        if self._since is not None:
            log.info("part.back", part=self._part, seconds=round(self.seconds, 1))
            self._since = None
