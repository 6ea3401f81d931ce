"""A table that is locked, as by a migration: who needs it is told to come back, and the others are served."""

import asyncio
import time
from dataclasses import replace

from sqlalchemy import text

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.clean_tables import CleanTables
from tests.client import Client
from tests.security.second_app import second_app
from tests.security.world import World

REFUSED_WITHIN_SECONDS = 5.0


async def test_who_waits_for_a_locked_table_is_refused_soon_and_nobody_else_is(
    world: World, settings: Settings, factory: UnitOfWorkFactory, ports: Ports, clean_tables: CleanTables
) -> None:
    """Twice as many as there are connections want the table."""
    token = world.operator.client.token
    async with (
        Database(settings.database_url.get_secret_value(), PoolSize(size=4)) as database,
        second_app(settings, replace(factory, database=database), ports) as app,
        clean_tables.engine.begin() as locking,
    ):
        client = Client(app, token)
        assert (await client.get("/api/projects")).status_code == 200
        await locking.execute(text("lock table projects in access exclusive mode"))
        began = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            lists = [tasks.create_task(client.get("/api/projects")) for _ in range(2 * database.connections_max)]
            others = [tasks.create_task(client.get("/api/auth/me")) for _ in range(3)]
        assert time.monotonic() - began < REFUSED_WITHIN_SECONDS
        answers = [task.result() for task in lists]
        assert {(one.status_code, one.headers["retry-after"]) for one in answers} == {(503, "2")}
        assert [task.result().status_code for task in others] == [200] * 3
        # Who only read was answered before its transaction had ended.
        await database.settled()
        assert database.connections_in_use == 0
        await locking.rollback()
        assert (await client.get("/api/projects")).status_code == 200


async def test_a_login_that_has_a_time_of_its_own_for_locks_keeps_it(settings: Settings) -> None:
    url = settings.database_url.get_secret_value()
    for address, told in ((url, "2s"), (f"{url}?options=-c lock_timeout=7s", "7s")):
        async with Database(address) as database, database.connection() as connection:
            assert (await connection.execute(text("show lock_timeout"))).scalar_one() == told
