"""Signs of life in Redis: for readiness, health checks and the page that shows what runs."""

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import redis.asyncio
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from capecontrol.core.db.database import Database
from capecontrol.core.ids import new_id
from capecontrol.core.metrics import LOOP_LAG, REDIS_UP
from capecontrol.core.processes import SILENCE_SECONDS, Places, ProcessKind, ProcessReport
from capecontrol.main.loop_lag import LoopLag
from capecontrol.main.outage import Outage
from capecontrol.main.release import VERSION

log = structlog.get_logger("heartbeat")

BEAT_SECONDS = 3.0
#: While Redis is away the process looks for it more often.
AWAY_SECONDS = 0.5
DEADLINE_SECONDS = 2.0
#: Clocks that differ by more are somebody's worry: tokens, sessions and due dates go by them.
SKEW_SECONDS = 5.0
#: Ids of the processes, by when they were last heard.
PROCESSES = "capecontrol:processes"
#: For so long a process that ended without a word can be seen as silent.
REMEMBERED_SECONDS = 3600


def alive_key(kind: ProcessKind) -> str:
    """Return the key that is there while any process of a kind lives."""
    return f"capecontrol:{kind}:heartbeat"


def report_key(process_id: str) -> str:
    """Return the key of what a process says of itself."""
    return f"capecontrol:process:{process_id}"


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """What a process says of itself for as long as it lives."""

    kind: ProcessKind
    commit: str = "unknown"
    id: str = field(default_factory=lambda: str(new_id()))
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Heartbeat:
    """Writes signs of life while its process lives, and knows whether Redis is there."""

    def __init__(
        self,
        identity: ProcessIdentity,
        redis_url: str,
        database: Database,
        places: Callable[[], Mapping[str, Places]] = dict,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take who lives, where to tell it, what to look at, and the machine's time. Nothing is connected yet."""
        self._identity, self._database, self._places = identity, database, places
        self._client = redis.asyncio.Redis.from_url(
            redis_url, socket_timeout=DEADLINE_SECONDS, socket_connect_timeout=DEADLINE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )  # fmt: skip
        self._outage = Outage("redis")
        self._lag = LoopLag()
        self._clock = clock
        self._clock_ahead = 0.0

    @property
    def away_seconds(self) -> float:
        """Return for how long Redis has been away; 0 while it is there."""
        return self._outage.seconds

    async def beat(self) -> None:
        """Write signs of life until cancelled, whatever Redis does; then take leave."""
        watching = asyncio.create_task(self._lag.watch())
        try:
            while True:
                await self._write()
                await asyncio.sleep(AWAY_SECONDS if self.away_seconds else BEAT_SECONDS)
        finally:
            watching.cancel()
            with contextlib.suppress(Exception):  # whoever cannot take leave is seen as silent
                async with asyncio.timeout(AWAY_SECONDS):
                    await self._take_leave()
            await self._client.aclose()

    @contextlib.asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """Write signs of life while the block runs."""
        beat = asyncio.create_task(self.beat())
        try:
            yield
        finally:
            beat.cancel()
            await asyncio.wait({beat})

    def report(self) -> ProcessReport:
        """Return what the process has to say of itself now."""
        lag = self._lag.take_worst()
        LOOP_LAG.set(lag)
        return ProcessReport(
            id=self._identity.id,
            kind=self._identity.kind,
            host=socket.gethostname(),
            pid=os.getpid(),
            version=VERSION,
            commit=self._identity.commit,
            started_at=self._identity.started_at,
            loop_lag_ms=round(lag * 1000, 1),
            clock_ahead_seconds=round(self._clock_ahead, 1),
            pool_in_use=self._database.connections_in_use,
            pool_size=self._database.connections_max,
            places=self._places(),
        )

    async def _write(self) -> None:
        try:
            # The client's own timeouts are for each read; this one is for all of it.
            async with asyncio.timeout(DEADLINE_SECONDS), self._client.pipeline(transaction=False) as pipeline:
                now, microseconds = await self._client.time()
                self._note_clock(now + microseconds / 1_000_000)
                report = self.report().model_dump_json(exclude={"silent_seconds"})
                pipeline.set(alive_key(self._identity.kind), str(now), ex=int(SILENCE_SECONDS))
                pipeline.set(report_key(self._identity.id), report, ex=REMEMBERED_SECONDS)
                pipeline.zadd(PROCESSES, {self._identity.id: now})
                # All by the clock of Redis: a process whose own is ahead would forget those that live.
                pipeline.zremrangebyscore(PROCESSES, "-inf", now - 2 * REMEMBERED_SECONDS)
                await pipeline.execute()
        except Exception as error:  # of redis, the socket, or the deadline: for us they all mean "away"
            REDIS_UP.set(0)
            self._outage.begin(error)
        else:
            REDIS_UP.set(1)
            self._outage.end()

    def _note_clock(self, now: float) -> None:
        """Note by how much this machine's clock is ahead of Redis's, and tell when it begins to differ."""
        before, self._clock_ahead = self._clock_ahead, self._clock() - now
        if abs(self._clock_ahead) > SKEW_SECONDS >= abs(before):
            log.warning("clock.skewed", ahead_seconds=round(self._clock_ahead, 1))

    async def _take_leave(self) -> None:
        async with self._client.pipeline(transaction=False) as pipeline:
            pipeline.delete(report_key(self._identity.id))
            pipeline.zrem(PROCESSES, self._identity.id)
            await pipeline.execute()
