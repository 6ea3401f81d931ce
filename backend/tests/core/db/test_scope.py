"""A transaction takes on its scope's role and organization, and hands neither on."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.db.pool import PoolExhausted
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope, SignInScope
from capecontrol.core.db.transaction import NotCommitted, Transaction
from capecontrol.main.settings import Settings

HARBOUR = uuid.uuid4()
STAFF = PlatformScope("tests")
NOW = "select current_user, session_user, current_setting('app.org_id', true)"
MARK = "insert into login_attempts (id, email, succeeded, created_at) values (gen_random_uuid(), 'mark', false, now())"
MARKS = "select count(*) from login_attempts where email = 'mark'"
BACKEND = "select pg_backend_pid()"


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def single(settings: Settings) -> AsyncIterator[Database]:
    """A database with one connection, which every transaction gets in its turn."""
    url = settings.database_url.get_secret_value()
    async with Database(url, PoolSize(size=1, timeout_seconds=0.05)) as database:
        yield database


async def _taken_on(transaction: Transaction) -> tuple[str, str]:
    row = (await transaction.session.execute(text(NOW))).one()
    return row[0], row[2] or ""


SCOPES: list[tuple[Scope, str, str]] = [
    (OrganizationScope(HARBOUR), "capecontrol_runtime", str(HARBOUR)),
    (STAFF, "capecontrol_system", ""),
    (SignInScope(), "capecontrol_signin", ""),
]


@pytest.mark.parametrize(("scope", "role", "organization"), SCOPES, ids=["organization", "platform", "sign-in"])
async def test_each_scope_has_its_role(scope: Scope, role: str, organization: str, single: Database) -> None:
    for _ in range(2):
        async with single.transaction(scope, _now) as transaction:
            assert await _taken_on(transaction) == (role, organization)
            row = (await transaction.connection.execute(text(NOW))).one()
            assert (row[0], row[2] or "") == (role, organization)
            assert await transaction.driver.fetchval("select current_user") == role


@pytest.mark.parametrize("ends_well", [True, False])
async def test_the_next_transaction_of_a_connection_inherits_nothing(ends_well: bool, single: Database) -> None:
    try:
        async with single.transaction(OrganizationScope(HARBOUR), _now) as transaction:
            await _taken_on(transaction)
            if not ends_well:
                raise LookupError
    except LookupError:
        assert not ends_well
    async with single.engine.begin() as connection:
        current, login, organization = (await connection.execute(text(NOW))).one()
        assert (current, organization or "") == (login, "")
    async with single.transaction(STAFF, _now) as transaction:
        assert await _taken_on(transaction) == ("capecontrol_system", "")


async def test_a_savepoint_keeps_the_scope(single: Database) -> None:
    async with single.transaction(OrganizationScope(HARBOUR), _now) as transaction:
        async with transaction.session.begin_nested():
            assert await _taken_on(transaction) == ("capecontrol_runtime", str(HARBOUR))
        assert await _taken_on(transaction) == ("capecontrol_runtime", str(HARBOUR))


async def test_who_waits_too_long_for_a_connection_is_told(single: Database) -> None:
    async with single.transaction(STAFF, _now):
        with pytest.raises(PoolExhausted):
            async with single.transaction(STAFF, _now):
                pass
    async with single.transaction(STAFF, _now) as transaction:
        assert await _taken_on(transaction) == ("capecontrol_system", "")


async def test_all_that_works_inside_a_transaction_ends_with_it(single: Database) -> None:
    async def act() -> None:
        async with single.transaction(STAFF, _now) as transaction:
            await transaction.driver.execute(MARK)
            await transaction.session.execute(text(MARK))
            await transaction.connection.execute(text(MARK))
            assert await transaction.driver.fetchval(MARKS) == 3
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    async with single.transaction(STAFF, _now) as transaction:
        assert await transaction.driver.fetchval(MARKS) == 0


async def test_what_the_server_rolled_back_is_not_called_committed(single: Database) -> None:
    async def swallow() -> None:
        async with single.transaction(STAFF, _now) as transaction:
            with pytest.raises(DBAPIError):
                await transaction.connection.execute(text("select 1/0"))

    with pytest.raises(NotCommitted):
        await swallow()


async def _end_backend(url: str, pid: int) -> None:
    async with Database(url, PoolSize(size=1)) as other, other.engine.connect() as connection:
        await connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})


async def test_a_rush_waits_for_the_connections_there_are_and_opens_no_others(settings: Settings) -> None:
    async with Database(settings.database_url.get_secret_value(), PoolSize(size=2)) as few:

        async def act() -> int:
            async with few.transaction(STAFF, _now) as transaction:
                return int(await transaction.driver.fetchval(BACKEND))

        backends = await asyncio.gather(*(act() for _ in range(20)))
        assert len(set(backends)) <= 2


@pytest.mark.parametrize("is_noticed", [True, False], ids=["noticed", "unnoticed"])
async def test_a_connection_that_died_in_the_pool_is_replaced_unseen(
    is_noticed: bool, single: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with single.transaction(STAFF, _now) as transaction:
        first = await transaction.driver.fetchval(BACKEND)
        driver = transaction.driver
    await _end_backend(settings.database_url.get_secret_value(), first)
    if not is_noticed:
        # As after a break of the network: the connection looks alive until it is used.
        monkeypatch.setattr(type(driver), "is_closed", lambda _self: False)
    async with single.transaction(STAFF, _now) as transaction:
        assert await transaction.driver.fetchval(BACKEND) != first


async def test_a_transaction_whose_connection_dies_is_not_repeated(single: Database, settings: Settings) -> None:
    entered = 0

    async def act() -> None:
        nonlocal entered
        async with single.transaction(STAFF, _now) as transaction:
            entered += 1
            await _end_backend(settings.database_url.get_secret_value(), await transaction.driver.fetchval(BACKEND))

    with pytest.raises(ConnectionError):
        await act()
    assert entered == 1
    async with single.transaction(STAFF, _now) as transaction:
        assert await _taken_on(transaction) == ("capecontrol_system", "")
