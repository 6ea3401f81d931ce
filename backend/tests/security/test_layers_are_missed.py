"""Negative controls: the isolation probe does notice when a policy, or a DAO's filter, is gone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import ColumnElement

from capecontrol.core.db.database import Database
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.dao import InvoiceDao
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.billing.builders import build_invoice
from tests.security.catalog import faults
from tests.security.second_app import second_app
from tests.security.test_catalog import connected
from tests.security.world import CANARY, World

pytestmark = pytest.mark.isolation


async def _sees_canary(client: Client) -> bool:
    answer = await client.get("/api/billing/invoices")
    assert answer.status_code == 200, answer.text
    return CANARY in answer.text


@asynccontextmanager
async def _without_policy(world: World) -> AsyncIterator[None]:
    """The policy of invoices is dropped, and with it the only thing that kept rows apart there."""
    await world.owner_sql("drop policy runtime on invoices")
    await world.owner_sql("create policy runtime on invoices for all to capecontrol_runtime using (true)")
    try:
        yield
    finally:
        await world.owner_sql("drop policy runtime on invoices")
        own = "org_id = (select app.current_org())"
        await world.owner_sql(
            f"create policy runtime on invoices for all to capecontrol_runtime using ({own}) with check ({own})"
        )


@pytest.fixture(scope="module")
async def stranger(world: World) -> Client:
    await build_invoice(world)
    return (await world.member(Role.OWNER, foreign=True)).client


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


async def test_a_dropped_filter_is_noticed_behind_absent_row_security(
    world: World, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(self: InvoiceDao) -> list[ColumnElement[bool]]:
        del self
        return []

    await world.owner_sql("alter table invoices disable row level security")
    try:
        assert not await _sees_canary(stranger)
        monkeypatch.setattr(InvoiceDao, "owned", nothing)
        assert await _sees_canary(stranger)
    finally:
        await world.owner_sql("alter table invoices enable row level security")
    # Without the filter, row-level security holds alone.
    assert not await _sees_canary(stranger)


async def test_a_dropped_policy_alone_leaks_nothing(world: World, stranger: Client) -> None:
    async with _without_policy(world):
        assert not await _sees_canary(stranger)
