"""The streams of a process: one look a second finds for all of them what changed, and whose session has ended."""

import asyncio
import time
import uuid
from collections.abc import Iterable

import structlog

from capecontrol.core.actor import Actor
from capecontrol.core.changes.topic import TopicTable
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.metrics import LIVE_LAG, LIVE_STREAMS
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import UnitOfWorkFactory, Units
from capecontrol.features.identity.interface import HeldSession, hold_session
from capecontrol.features.live.batch import Batch
from capecontrol.features.live.bounds import BEFORE_BEGIN, READ_MAX, RESUMABLE, LiveBounds
from capecontrol.features.live.dao import ChangeDao, EndedSession, ended_sessions
from capecontrol.features.live.errors import StreamsExhausted
from capecontrol.features.live.hearing import Hearing, NotedChange
from capecontrol.features.live.position import Position
from capecontrol.features.live.stream import LiveStream

log = structlog.get_logger("live")

#: Why a stream ends whose person opened more than they may have.
REPLACED = "REPLACED"
#: A look that takes longer is given up: the next one finds what it would have found.
LOOK_SECONDS = 10.0


class LiveStreams:
    """Opens streams and looks for them. None of them holds a connection; with none open, nothing is asked."""

    def __init__(self, factory: UnitOfWorkFactory, topics: TopicTable, bounds: LiveBounds | None = None) -> None:
        """Take what units of work share, who hears of what, and the bounds."""
        self._factory = factory
        self._topics = topics
        self._bounds = bounds or LiveBounds()
        #: In the order in which they were opened.
        self._streams: dict[LiveStream, None] = {}
        #: Up to where was looked for all; None while nobody listens.
        self._position: Position | None = None
        self._waking = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None
        self._has_ended = False
        self._looked_at = 0.0
        self._is_away = False

    @property
    def count(self) -> int:
        """Return how many are open."""
        return len(self._streams)

    async def open(self, units: Units, last_event_id: str | None) -> LiveStream:
        """Open a stream for a caller, from where an event left them.

        Whoever opens it closes it.

        Raises:
            StreamsExhausted: there are too many, or the process is about to end.
            Unauthenticated: the session ended just now, or its person's role changed.
        """
        actor = units.actor
        if self._has_ended or len(self._streams) >= self._bounds.streams_max:
            raise StreamsExhausted()
        if actor.id is None:
            raise Unauthenticated()
        stream = LiveStream(actor.id, Hearing.of(actor, self._topics), self._bounds)
        if self._position is None:
            async with self._waking:
                if self._position is None:
                    # The first one: all that it has not seen is found by looks from here on.
                    held, first, is_resync = await self._read_first(units, stream.hearing, last_event_id)
                    self._add(stream)
                    stream.begin(held, first, is_resync=is_resync)
                    self._wake(first.position)
                    return stream
        # Before it reads what it missed, so that no look comes in between.
        self._add(stream)
        try:
            held, first, is_resync = await self._read_first(units, stream.hearing, last_event_id)
        except BaseException:
            self.close(stream)
            raise
        stream.begin(held, first, is_resync=is_resync)
        return stream

    def close(self, stream: LiveStream) -> None:
        """Forget a stream that nobody listens to."""
        self._streams.pop(stream, None)
        LIVE_STREAMS.set(len(self._streams))
        if not self._streams:
            self._sleep()

    def end(self) -> None:
        """End all streams, and open none any more: the process is about to end."""
        self._has_ended = True
        for stream in self._streams:
            stream.leave()

    async def aclose(self) -> None:
        """End all streams, and wait for the look under way."""
        self.end()
        watch = self._watch
        self._sleep()
        if watch is not None:
            await asyncio.wait({watch})

    def _add(self, stream: LiveStream) -> None:
        # Asked again: when nobody listened yet, all who come at once waited for the first of them.
        if len(self._streams) >= self._bounds.streams_max:
            raise StreamsExhausted()
        org_id = stream.hearing.org_id
        colleagues = sum(one.hearing.org_id == org_id for one in self._streams) if org_id is not None else 0
        if colleagues >= self._bounds.per_organization_max:
            raise StreamsExhausted()
        self._streams[stream] = None
        LIVE_STREAMS.set(len(self._streams))
        own = [one for one in self._streams if one.person_id == stream.person_id]
        for oldest in own[: -self._bounds.per_person_max]:
            oldest.end(REPLACED)
            self._streams.pop(oldest)

    def _wake(self, position: Position) -> None:
        self._position, self._looked_at = position, time.monotonic()
        self._watch = asyncio.create_task(self._look_on())

    def _sleep(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        self._watch, self._position = None, None
        LIVE_LAG.set(0)

    async def _read_first(
        self, units: Units, hearing: Hearing, last_event_id: str | None
    ) -> tuple[HeldSession, Batch, bool]:
        """Return the caller's session, what they missed, and whether that is more than can be told."""
        actor = units.actor
        async with units.open() as work:
            dao, now = ChangeDao(work), work.now()
            seen = Position.read(last_event_id) if last_event_id else None
            if seen is not None and now - seen.taken_at > RESUMABLE:
                seen = None
            missed = dao.since(now - BEFORE_BEGIN) if seen is None else dao.after(seen)
            snapshot, changes, held = await work.transaction.together(
                dao.snapshot(), missed, hold_session(work, _session_of(actor))
            )
        if held is None or held.role != actor.role:
            raise Unauthenticated("Your session has ended. Sign in again.")
        position = Position.of(snapshot, now)
        is_lost = bool(last_event_id) and (seen is None or seen.xmax > position.xmax)
        heard = [change for change in changes if hearing.hears(change)]
        if seen is not None and not hearing.is_staff:
            # Row-level security keeps members from what is nobody's, so that they are told of it in any case.
            heard += [NotedChange.of_everybody(topic) for topic in sorted(self._topics.everybodys)]
        return held, Batch(position, heard), is_lost or len(changes) > READ_MAX

    async def _look_on(self) -> None:
        while True:
            await asyncio.sleep(self._bounds.look_seconds)
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._look()
            except Exception as error:  # whatever PostgreSQL says: the next look finds it
                self._note_away(error)
            else:
                self._note_back()

    async def _look(self) -> None:
        """Ask what changed and which sessions ended, in one statement for all streams, and tell them."""
        before = self._position
        if before is None:
            return
        held = {stream.held.session_id: stream.held for stream in self._streams if stream.held is not None}
        async with self._factory.unit(Actor.system("live"), PlatformScope("live: what changed")) as work:
            dao, now = ChangeDao(work), work.now()
            snapshot, changes, ended = await work.transaction.together(
                dao.snapshot(), dao.after(before), ended_sessions(work, held.values())
            )
        position = Position.of(snapshot, now)
        # PostgreSQL may have been away for long, or come back from a copy that lacks the last transactions.
        is_lost = now - before.taken_at > RESUMABLE or position.xmax < before.xmax or len(changes) > READ_MAX
        self._position = position
        self._end(ended)
        if is_lost:
            for stream in self._streams:
                stream.resync(position)
        else:
            self._tell(position, changes)

    def _tell(self, position: Position, changes: Iterable[NotedChange]) -> None:
        found = list(changes)
        batches: dict[Hearing, Batch] = {}
        for stream in self._streams:
            batch = batches.get(stream.hearing)
            if batch is None:
                heard = [change for change in found if stream.hearing.hears(change)]
                batch = batches[stream.hearing] = Batch(position, heard)
            stream.tell(batch)

    def _end(self, ended: Iterable[EndedSession]) -> None:
        reasons = {one.session_id: one.end for one in ended}
        for stream in self._streams:
            if stream.held is not None and (reason := reasons.get(stream.held.session_id)) is not None:
                stream.end(reason)

    def _note_away(self, error: Exception) -> None:
        LIVE_LAG.set(time.monotonic() - self._looked_at)
        if not self._is_away:
            self._is_away = True
            log.warning("live.away", error=type(error).__name__)

    def _note_back(self) -> None:
        self._looked_at = time.monotonic()
        LIVE_LAG.set(0)
        if self._is_away:
            self._is_away = False
            log.info("live.back")


def _session_of(actor: Actor) -> uuid.UUID:
    if actor.session_id is None:
        raise Unauthenticated()
    return actor.session_id
