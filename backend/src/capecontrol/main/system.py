"""What the system page asks of the installation: its release, its schema, its queues, its processes."""

import asyncio
from collections.abc import Mapping

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from capecontrol.core.db.database import Database
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.ports import Ports
from capecontrol.core.processes import ProcessDirectory
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.system.ports import Queues, Release, Schema
from capecontrol.main.broker import NAMESPACE, broker_url, queue_name
from capecontrol.main.database.revision import current_revision
from capecontrol.main.features import event_registry
from capecontrol.main.process_directory import RedisProcessDirectory
from capecontrol.main.release import COMPATIBLE_REVISIONS, VERSION
from capecontrol.main.settings import Settings

DEADLINE_SECONDS = 1.5


class DatabaseSchema:
    """The schema of a database (a ``Schema``)."""

    def __init__(self, database: Database) -> None:
        """Take the database of the process."""
        self._database = database

    async def revision(self) -> str | None:
        """Return the revision that it is on."""
        async with self._database.connection() as connection:
            return await connection.run_sync(current_revision)


class BrokerQueues:
    """The queues of the broker (a ``Queues``). They lie in a database of their own."""

    def __init__(self, redis_url: str) -> None:
        """Take where Redis is."""
        self._url = broker_url(redis_url)

    async def depths(self) -> Mapping[str, int] | None:
        """Return how many messages wait in the queue of each lane, or None when Redis does not answer."""
        # Asked by a page that few open: a connection of its own for each look costs less than one that is kept.
        try:
            async with (
                asyncio.timeout(DEADLINE_SECONDS),
                Redis.from_url(self._url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)) as
                redis,
                redis.pipeline(transaction=False) as pipeline,
            ):  # fmt: skip
                for lane in Lane:
                    pipeline.llen(f"{NAMESPACE}:{queue_name(lane)}")
                return dict(zip(map(str, Lane), map(int, await pipeline.execute()), strict=True))
        except (RedisError, OSError, TimeoutError):
            return None


def provide_system(ports: Ports, settings: Settings, factory: UnitOfWorkFactory, redis: Redis) -> None:
    """Provide what `/api/version` and the system page ask for."""
    oldest, newest = COMPATIBLE_REVISIONS
    release = Release(VERSION, settings.build_commit, settings.build_time, settings.capecontrol_env, oldest, newest)
    ports.provide(Release, release)
    ports.provide(Schema, DatabaseSchema(factory.database))
    ports.provide(Queues, BrokerQueues(settings.redis_url.get_secret_value()))
    ports.provide(ProcessDirectory, RedisProcessDirectory(redis))
    ports.provide(EventRegistry, event_registry())
