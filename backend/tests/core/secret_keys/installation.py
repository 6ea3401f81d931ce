"""Processes of one installation, each with rings of its own."""

from contextlib import AsyncExitStack
from typing import Any

from redis.asyncio import Redis
from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncEngine

from capecontrol.core.db.database import PoolSize
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.follower import RingFollower
from capecontrol.core.secret_keys.resealing import Resealed, Resealing
from capecontrol.core.secret_keys.retirement import retire
from capecontrol.core.secret_keys.rotation import rotate
from capecontrol.core.secret_keys.start import check_secrets
from capecontrol.core.secret_keys.usage import KeyUsage, usage
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.local.wiring import build_ports
from capecontrol.main.features import issued, keyed_columns
from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_factory
from tests.moving_clock import MovingClock
from tests.people import SYSTEM, People

PLATFORM = PlatformScope("tests")


class Installation:
    """Starts processes, turns keys, and lets time pass."""

    def __init__(self, settings: Settings, clock: MovingClock, stack: AsyncExitStack, superuser: AsyncEngine) -> None:
        self._superuser = superuser
        self._settings = settings
        self._clock = clock
        self._stack = stack
        self.processes: list[UnitOfWorkFactory] = []

    async def process(self, **changes: Any) -> UnitOfWorkFactory:
        """Start a process, whose settings differ in the changes."""
        settings = self._settings.model_copy(update=changes)
        factory = build_factory(settings, clock=self._clock, pool=PoolSize(size=3))
        self._stack.push_async_callback(factory.database.close)
        await check_secrets(factory, keyed_columns())
        await RingFollower(factory).read()
        self.processes.append(factory)
        return factory

    async def api(self) -> People:
        """Start a process that serves, and return who may be in it."""
        factory = await self.process()
        ports = build_ports(self._settings, factory)
        app = create_app(self._settings, factory=factory, ports=ports)
        self._stack.push_async_callback(ports.get(Redis).aclose)
        return People(app, factory, ports)

    async def make(self, *names: RingName) -> list[str]:
        """Make keys, which wait for the grace; return their ids."""
        factory = self.processes[0]
        async with factory.unit(SYSTEM, PLATFORM) as work:
            made = await rotate(work, factory.rings, names)
        await self.read()
        return [key.id for key in made]

    async def rotate(self, *names: RingName) -> list[str]:
        """Make keys, let the grace pass, and return their ids: every process uses them now."""
        made = await self.make(*names)
        await self.pass_hours(0.05)
        return made

    async def pass_hours(self, hours: float) -> None:
        """Make all keys older, and have every process read them again."""
        await self.rows(
            "update secret_keys set made_at = made_at - make_interval(secs => :s), "
            "used_from = used_from - make_interval(secs => :s)",
            s=hours * 3600,
        )
        await self.read()

    async def read(self) -> None:
        """Have every process read the rings."""
        for factory in self.processes:
            await RingFollower(factory).read()

    async def usage(self) -> dict[str, KeyUsage]:
        """Return what there is of each key, by its id."""
        async with self.processes[0].unit(SYSTEM, PLATFORM) as work:
            return {key.id: key for key in await usage(work, keyed_columns(), issued())}

    async def retire(self, *leaked: str) -> tuple[list[str], dict[str, str]]:
        """Retire what may go; return the ids of it, and why others stay."""
        async with self.processes[0].unit(SYSTEM, PLATFORM) as work:
            retired, kept = await retire(work, keyed_columns(), issued(), leaked=frozenset(leaked))
        await self.read()
        return [key.id for key in retired], {one.key.id: one.reason for one in kept}

    async def reseal(self) -> Resealed:
        """Seal again what lies at rest."""
        return await Resealing(self.processes[0], keyed_columns(), SYSTEM).run()

    async def forget_fingerprints(self) -> None:
        """Make the database one of a release that kept none."""
        async with self._superuser.begin() as connection:
            await connection.exec_driver_sql("delete from key_fingerprints")

    async def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        """Run a statement as the system; return its rows, if it has any."""
        async with self.processes[0].unit(SYSTEM, PLATFORM) as work:
            result = await work.session.execute(text(statement), values)
            is_listing = isinstance(result, CursorResult) and result.returns_rows
            return [dict(row) for row in result.mappings()] if is_listing else []
