"""Reads what processes say of themselves (a ``core.processes.ProcessDirectory``)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from capecontrol.core.processes import ProcessReport
from capecontrol.main.heartbeat import PROCESSES, REMEMBERED_SECONDS, report_key

log = structlog.get_logger("processes")

DEADLINE_SECONDS = 1.5


class RedisProcessDirectory:
    """The processes that write heartbeats into a Redis."""

    def __init__(self, redis: Redis) -> None:
        """Take the client; it may be shared."""
        self._redis = redis

    async def processes(self) -> Sequence[ProcessReport] | None:
        """Return them by kind and start, or None where nobody can tell, since Redis does not answer."""
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                found = await self._read()
        except (RedisError, OSError, TimeoutError):
            return None
        return sorted(found, key=lambda process: (process.kind, process.started_at, process.id))

    async def _read(self) -> list[ProcessReport]:
        names = [name.decode() for name in await self._redis.zrange(PROCESSES, 0, -1) if isinstance(name, bytes)]
        keys = [report_key(name) for name in names]
        async with self._redis.pipeline(transaction=False) as pipeline:
            for key in keys:
                pipeline.get(key)
                pipeline.pttl(key)
            answers = await pipeline.execute()
        found = []
        for text, milliseconds_left in zip(answers[::2], answers[1::2], strict=True):
            if text is None:
                continue
            try:
                report = ProcessReport.model_validate_json(text)
            except ValidationError:  # of a release that says it otherwise: better no line than no page
                log.warning("process.not_understood")
                continue
            silent = max(0.0, REMEMBERED_SECONDS - milliseconds_left / 1000)
            found.append(report.model_copy(update={"silent_seconds": round(silent, 1)}))
        return found


@asynccontextmanager
async def open_directory(redis_url: str) -> AsyncIterator[RedisProcessDirectory]:
    """Open the directory for a command that ends."""
    async with Redis.from_url(
        redis_url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    ) as client:
        yield RedisProcessDirectory(client)
