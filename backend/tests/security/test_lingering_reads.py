"""What is ended behind its answer changed and locked nothing: every safe operation, asked of PostgreSQL itself."""

from dataclasses import replace

from fastapi import FastAPI

from capecontrol.core.db.database import Database
from capecontrol.core.db.pool import PooledConnection
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.second_app import second_app
from tests.security.served import Operation, operations
from tests.security.served_lists import LISTS, fill_lists
from tests.security.world import World

#: PostgreSQL numbers a transaction once it writes, or locks a row.
NUMBER = "select pg_current_xact_id_if_assigned()::text"
COLUMNS = ("OPE", "OWN")
#: Lists that wait: one looks up with SQLAlchemy, too, what its rows belong to; one notes what a person has seen.
WAITING = {"list_proposal_versions", "list_dead_letters"}
#: Details that are looked up, and summaries.
READS = {"get_me", "get_project", "get_invoice", "get_dashboard", "search_records"}


class WatchedDatabase(Database):
    """Tells which transactions lingered, and which of them had written."""

    lingered = 0
    wrote = 0

    async def _end(self, pooled: PooledConnection, transaction: Transaction) -> None:
        self.lingered += 1
        self.wrote += await transaction.driver.fetchval(NUMBER) is not None
        await super()._end(pooled, transaction)


def _safe(app: FastAPI) -> list[Operation]:
    return [operation for operation in operations(app).values() if not operation.is_unsafe]


async def test_what_lingers_has_written_nothing(
    world: World, callers: Callers, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    lists = await fill_lists(world, await callers.get("OPE", "OPE"), 3)
    lingering: set[str] = set()
    async with (
        WatchedDatabase(settings.database_url.get_secret_value()) as database,
        second_app(settings, replace(factory, database=database), ports) as app,
    ):
        for operation in _safe(app):
            row = ROWS[operation.id]
            call = lists.get(operation.id) or await row.call(world)
            for column in (one for one in COLUMNS if row.lets_in(one)):
                database.lingered = database.wrote = 0
                client = Client(app, (await callers.get(column, row.able)).token)
                answer = await operation.send(client, call)
                await database.settled()
                assert answer.is_success, f"{operation.id}: {answer.text}"
                assert database.wrote == 0, f"{operation.id} as {column}"
                lingering |= {operation.id} if database.lingered else set()
    assert lingering >= READS
    assert LISTS.keys() - lingering == WAITING
