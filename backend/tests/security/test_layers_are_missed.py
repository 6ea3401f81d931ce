"""Negative controls: the isolation probes do notice when a policy, a DAO's filter, or a prepared read's is gone."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement

from capecontrol.core import dao as daos
from capecontrol.core.db.database import Database
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.db.transaction import Transaction
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.dao.invoices import INVOICES, InvoiceDao
from capecontrol.main.features import metadata
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.billing.builders import build_invoice
from tests.people import SYSTEM
from tests.security.catalog import faults
from tests.security.scoped_statements import PROBES, Wanted, scoped_statements
from tests.security.second_app import second_app
from tests.security.test_catalog import connected
from tests.security.world import CANARY, World

pytestmark = pytest.mark.isolation


LIST = "/api/billing/invoices"


async def _sees_canary(client: Client, path: str = LIST) -> bool:
    answer = await client.get(path)
    assert answer.status_code in (200, 404), answer.text
    return CANARY in answer.text


@asynccontextmanager
async def _without_policy(world: World) -> AsyncIterator[None]:
    """The policies of invoices are dropped, and with them the only thing that kept rows apart there."""
    await world.owner_sql("alter policy scope on invoices using (true)")
    await world.owner_sql("drop policy runtime on invoices")
    try:
        yield
    finally:
        own = "org_id = (select app.current_org())"
        await world.owner_sql(
            "alter policy scope on invoices using ((select 1 where current_user = 'capecontrol_system') is not null "
            f"or (select 1 where current_user = 'capecontrol_runtime') is not null and {own})"
        )
        await world.owner_sql(
            f"create policy runtime on invoices as restrictive to capecontrol_runtime using ({own}) with check ({own})"
        )


@pytest.fixture(scope="module")
async def detail(world: World) -> str:
    """The address of an invoice of the wanted organization."""
    return f"{LIST}/{await build_invoice(world)}"


@pytest.fixture(scope="module")
async def stranger(world: World, detail: str) -> Client:
    del detail
    return (await world.member(Role.OWNER, foreign=True)).client


@pytest.fixture(scope="module")
async def wanted(world: World) -> Wanted:
    return await Wanted.make(world)


@asynccontextmanager
async def _without_row_security(world: World) -> AsyncIterator[None]:
    tables = [table.name for table in metadata.sorted_tables]
    for table in tables:
        await world.owner_sql(f"alter table {table} disable row level security")
    try:
        yield
    finally:
        for table in tables:
            await world.owner_sql(f"alter table {table} enable row level security")


async def test_a_dropped_policy_is_noticed_behind_absent_filters(
    world: World, stranger: Client, settings: Settings, factory: UnitOfWorkFactory, ports: Ports, database_url: str
) -> None:
    async with (
        Database(settings.database_url.get_secret_value(), filters_by_scope=False) as unfiltered,
        second_app(settings, replace(factory, database=unfiltered), ports) as app,
    ):
        client = Client(app, stranger.token)
        assert not await _sees_canary(client)
        async with _without_policy(world):
            assert await _sees_canary(client)
            async with connected(database_url) as connection:
                assert [one for one in await faults(connection) if "invoices" in one] != []
        assert not await _sees_canary(client)
    async with connected(database_url) as connection:
        assert await faults(connection) == []


class OwnerIgnored:
    """A statement that is told the organization, and forgot to name it."""

    def __init__(self, everywhere: PreparedStatement[object]) -> None:
        self._everywhere = everywhere

    async def all(self, transaction: Transaction, *, owner_id: object, **parameters: object) -> list[object]:
        del owner_id
        return await self._everywhere.all(transaction, **parameters)


def _drop_filter_of_row(monkeypatch: pytest.MonkeyPatch) -> None:
    read = daos._READS[InvoiceDao, True]
    monkeypatch.setattr(read, "_owned", OwnerIgnored(read._everywhere))


def _drop_filter_of_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(INVOICES, "_owner", None)


@pytest.mark.parametrize(
    ("is_list", "drop"), [(False, _drop_filter_of_row), (True, _drop_filter_of_list)], ids=["row", "list"]
)
async def test_a_dropped_filter_is_noticed_behind_absent_row_security(
    is_list: bool,
    drop: Callable[[pytest.MonkeyPatch], None],
    detail: str,
    world: World,
    stranger: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = LIST if is_list else detail
    async with _without_row_security(world):
        assert not await _sees_canary(stranger, path)
        drop(monkeypatch)
        assert await _sees_canary(stranger, path)
    # Without the filter, row-level security holds alone.
    assert not await _sees_canary(stranger, path)


async def test_a_filter_that_a_dao_dropped_is_noticed(
    detail: str, world: World, factory: UnitOfWorkFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(self: InvoiceDao) -> list[ColumnElement[bool]]:
        del self
        return []

    async def finds() -> bool:
        async with factory.unit(SYSTEM, OrganizationScope(world.foreign)) as work:
            return await InvoiceDao(work).get(UUID(detail.rpartition("/")[2])) is not None

    async with _without_row_security(world):
        assert not await finds()
        monkeypatch.setattr(InvoiceDao, "owned", nothing)
        assert await finds()
    assert not await finds()


@pytest.mark.parametrize("name", PROBES)
async def test_a_filter_that_a_prepared_statement_dropped_is_noticed(
    name: str, world: World, wanted: Wanted, factory: UnitOfWorkFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def finds() -> bool:
        async with factory.unit(SYSTEM, OrganizationScope(world.foreign)) as work:
            return bool(await PROBES[name](work, wanted))

    statement = scoped_statements()[name]
    async with _without_row_security(world):
        assert not await finds()
        monkeypatch.setattr(statement, "_owned", OwnerIgnored(statement._everywhere))
        assert await finds()
    assert not await finds()


@pytest.mark.parametrize("name", PROBES)
async def test_policies_that_a_prepared_statement_relied_on_are_noticed(
    name: str, world: World, wanted: Wanted, settings: Settings, factory: UnitOfWorkFactory
) -> None:
    url = settings.database_url.get_secret_value()
    async with Database(url, filters_by_scope=False) as unfiltered:
        units = replace(factory, database=unfiltered)

        async def finds() -> bool:
            async with units.unit(SYSTEM, OrganizationScope(world.foreign)) as work:
                return bool(await PROBES[name](work, wanted))

        assert not await finds()
        async with _without_row_security(world):
            assert await finds()


async def test_a_dropped_policy_alone_leaks_nothing(world: World, stranger: Client) -> None:
    async with _without_policy(world):
        assert not await _sees_canary(stranger)
