"""One open stream: what waits to be sent down it, and when it is over."""

import asyncio
import secrets
import uuid
from collections import deque
from collections.abc import AsyncIterator

from capecontrol.core.metrics import LIVE_EVENTS
from capecontrol.features.identity.interface import HeldSession
from capecontrol.features.live.batch import Batch
from capecontrol.features.live.bounds import LiveBounds
from capecontrol.features.live.event import EventKind, beat, end_event, pause, resync_event
from capecontrol.features.live.hearing import Hearing
from capecontrol.features.live.position import Position

#: How much shorter than the longest life a stream's may be, in percent.
JITTER_PERCENT = 10
#: How long somebody waits who lost the line, and between what and what those do whom a process sends away when it ends.
AWAY_MS = 1_000
LEAVE_MS = (500, 8_000)


class LiveStream:
    """A stream of somebody's. Whoever looks puts events into it, and one request takes them out."""

    def __init__(self, person_id: uuid.UUID, hearing: Hearing, bounds: LiveBounds) -> None:
        """Take whose it is, what they hear, and the bounds."""
        self.person_id = person_id
        self.hearing = hearing
        self._bounds = bounds
        self._events: deque[bytes] = deque()
        self._stirred = asyncio.Event()
        self._is_over = False
        self._held: HeldSession | None = None
        #: What its reader saw before the looks did; None until that is known.
        self._seen: Position | None = None
        self._early: list[Batch] = []
        self._position: Position | None = None

    @property
    def held(self) -> HeldSession | None:
        """Return the session that it lives with, once that is known."""
        return self._held

    def begin(self, held: HeldSession, first: Batch, *, is_resync: bool) -> None:
        """Begin with what the reader missed; what was found by looks meanwhile comes after it, and nothing twice."""
        self._held, self._seen, self._position = held, first.position, first.position
        self._events.append(pause(AWAY_MS))
        if is_resync:
            self.resync(first.position)
        elif first.changes:
            self._put(EventKind.CHANGES, first.event)
        else:
            self._events.append(beat(first.position))
        early, self._early = self._early, []
        for batch in early:
            self.tell(batch)

    def tell(self, batch: Batch) -> None:
        """Tell of what a look found, as far as the reader has not seen it."""
        if self._seen is None:
            self._early.append(batch)
            return
        unseen = batch.after(self._seen)
        self._position = batch.position
        if unseen.changes:
            self._put(EventKind.CHANGES, unseen.event)

    def resync(self, position: Position) -> None:
        """Tell that everything may have changed, in place of whatever else waits."""
        self._events.clear()
        self._position = position
        self._put(EventKind.RESYNC, resync_event(position))

    def end(self, reason: str) -> None:
        """Say why it may not go on, and end."""
        if not self._is_over:
            self._put(EventKind.END, end_event(reason))
            self._close()

    def leave(self) -> None:
        """End it, for its reader to come again: not at the same moment as all others."""
        least, most = LEAVE_MS
        self._events.append(pause(least + secrets.randbelow(most - least)))
        self._close()

    async def events(self) -> AsyncIterator[bytes]:
        """Yield what is sent, until the stream is over."""
        loop = asyncio.get_running_loop()
        share = (100 - secrets.randbelow(JITTER_PERCENT)) / 100
        ends_at = loop.time() + self._bounds.life_seconds * share
        while True:
            while self._events:
                yield self._events.popleft()
            if self._is_over:
                return
            left = ends_at - loop.time()
            if left <= 0:
                self.leave()
                continue
            try:
                async with asyncio.timeout(min(left, self._bounds.beat_seconds)):
                    await self._stirred.wait()
            except TimeoutError:
                if self._position is not None:
                    yield beat(self._position)
            self._stirred.clear()

    def _put(self, kind: EventKind, event: bytes) -> None:
        if len(self._events) >= self._bounds.queue_max and kind is EventKind.CHANGES and self._position is not None:
            # The reader is too slow to be told of each.
            self.resync(self._position)
            return
        LIVE_EVENTS.labels(kind).inc()
        self._events.append(event)
        self._stirred.set()

    def _close(self) -> None:
        self._is_over = True
        self._stirred.set()
