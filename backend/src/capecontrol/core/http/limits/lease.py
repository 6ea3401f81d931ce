"""What a process may let pass without asking Redis, and the arithmetic of it.

A bucket is a moment in Redis, the theoretical arrival time (GCRA). A request moves it forward by ``interval``, and
passes if it was at most ``tolerance`` ahead of the clock: ``burst`` at once, ``1 / interval`` a second for ever.

A process holds a lease of ``n`` tokens of each bucket that it has to do with: so many it may let pass before it has
told Redis. What it let pass it reports in the background, many buckets in one call; Redis moves the bucket by all of
it and answers where that is now. The lease gives while the bucket, as last known plus what is not reported, is at most
half of ``tolerance`` ahead ("far below"). Else Redis is asked for each request, which is exact; and a bucket that is
known to be beyond ``tolerance`` refuses without asking, since only time moves it back.

How many too many can that be? All that ever passes moves the bucket, be it later, so that until a moment ``t``
``passed <= burst + t / interval + excess``, where ``excess`` is by how many tokens the bucket is beyond ``tolerance``.
Only leases move it beyond. A process adds at most ``n`` to it: after a report it knows the bucket, and its lease gives
again only when half of ``tolerance`` has gone by, in which an excess of up to ``burst / 2`` drains away. So with ``P``
processes and ``P * n <= burst / 2``, ``excess <= P * n``: that is the slack. ``n`` is a sixteenth of the burst, so that
this holds for up to eight processes, and the slack is half a burst at the most. With more processes ``P * n`` may come
once in each half of ``tolerance``.

Nothing of this leads further ahead than twice ``tolerance`` while there are sixteen processes or fewer. A bucket that
is further ahead was moved while the clock of Redis was, and is brought back to there, in Redis and here.

A limit whose burst is below seventeen has no leases and is exact: those of signing in are such.
"""

from capecontrol.core.http.limits.limit import Limit

#: Which part of a burst one process may have let pass and not reported.
PART = 16
#: Below which part of the tolerance a subject is far from its limit.
FAR = 0.5


def tokens_of(limit: Limit) -> int:
    """Return how many requests of one subject a process may let pass before it has told Redis."""
    return (limit.burst - 1) // PART


class Lease:
    """What one process knows of one bucket, and what it let pass since. Times are the process's monotonic ones."""

    __slots__ = ("reporting", "unreported", "until")

    def __init__(self) -> None:
        """Begin without knowledge: nobody has used the bucket."""
        #: The bucket's moment, as last known.
        self.until = 0.0
        self.unreported = 0
        #: What is on its way to Redis.
        self.reporting = 0

    def ahead(self, limit: Limit, now: float) -> float:
        """Return how many seconds the bucket is ahead of the clock, as far as is known here."""
        return max(self.until - now, 0.0) + (self.unreported + self.reporting) * limit.interval

    def gives(self, limit: Limit, ahead: float) -> bool:
        """Tell whether one more may pass without asking."""
        return self.unreported + self.reporting < tokens_of(limit) and ahead <= limit.tolerance * FAR

    def begin_report(self) -> int:
        """Return what is to be told to Redis, and count it as on its way."""
        tokens = self.unreported
        self.unreported = 0
        self.reporting += tokens
        return tokens

    def end_report(self, tokens: int, limit: Limit, now: float, ahead: float) -> None:
        """Take note of where the bucket is now. It never moves back, since answers may overtake each other."""
        self.reporting -= tokens
        self.until = max(self.until, now + min(ahead, limit.furthest))

    def undo_report(self, tokens: int) -> None:
        """Keep what Redis was not told."""
        self.reporting -= tokens
        self.unreported += tokens
