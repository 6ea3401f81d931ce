"""A transaction that only read is ended when whoever read has gone on; what wrote is committed before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from asyncpg import PostgresError
from sqlalchemy import func, literal_column, select, text

from capecontrol.core.db.compiled_statement import Rows
from capecontrol.core.db.database import LINGERING_SECONDS, Database, PoolSize
from capecontrol.core.db.driver import DatabaseAway
from capecontrol.core.db.prepared_statement import PreparedRead, PreparedStatement
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.db.transaction import NotCommitted, Transaction
from capecontrol.core.ids import new_id
from capecontrol.features.identity.models import LoginAttempt
from capecontrol.main.settings import Settings
from tests.moving_clock import MovingClock
from tests.relay import Relay, relayed

STAFF = PlatformScope("tests")
#: What a busy machine adds to what takes no time.
SLACK_SECONDS = 5.0


class Lingering:
    """A database of one connection behind a relay, whose transactions may linger."""

    def __init__(self, database: Database, relay: Relay, clock: MovingClock) -> None:
        self.database, self.relay, self._clock = database, relay, clock

    def transaction(self, *, may_linger: bool = True) -> AbstractAsyncContextManager[Transaction]:
        return self.database.transaction(STAFF, self._clock.now, may_linger=may_linger)

    async def read(self) -> int:
        """Read what tells the connections apart."""
        async with self.transaction() as transaction:
            return await _read(select(func.pg_backend_pid()), transaction)


async def _read(statement: Rows, transaction: Transaction) -> int:
    return int(await PreparedRead(statement, int).one(transaction))


@pytest.fixture
async def lingering(settings: Settings, clock: MovingClock) -> AsyncIterator[Lingering]:
    async with (
        relayed(settings.database_url.get_secret_value()) as (relay, url),
        Database(url, PoolSize(size=1, timeout_seconds=SLACK_SECONDS)) as database,
    ):
        yield Lingering(database, relay, clock)


async def test_who_only_read_does_not_wait_for_the_end(lingering: Lingering) -> None:
    lingering.relay.silent_at = b"commit"
    async with asyncio.timeout(SLACK_SECONDS):
        backend = await lingering.read()
        await lingering.relay.is_ignoring.wait()
    assert lingering.database.connections_in_use == 1, "nobody else has it before that"
    lingering.relay.speak()
    await lingering.database.settled()
    assert lingering.database.connections_in_use == 0
    assert await lingering.read() == backend


async def test_an_end_that_fails_takes_its_connection_with_it_and_nobody_hears(lingering: Lingering) -> None:
    lingering.relay.cuts_at = b"commit"
    backend = await lingering.read()
    await lingering.database.settled()
    lingering.relay.cuts_at = None
    assert lingering.database.connections_in_use == 0
    assert await lingering.read() != backend


async def test_a_database_is_closed_once_nothing_lingers(lingering: Lingering) -> None:
    lingering.relay.silent_at = b"commit"
    await lingering.read()
    closing = asyncio.create_task(lingering.database.close())
    await lingering.relay.is_ignoring.wait()
    assert not closing.done()
    lingering.relay.speak()
    async with asyncio.timeout(SLACK_SECONDS):
        await closing


async def test_a_server_that_is_silent_keeps_nobody_from_closing(lingering: Lingering) -> None:
    lingering.relay.silent_at = b"commit"
    await lingering.read()
    async with asyncio.timeout(LINGERING_SECONDS + SLACK_SECONDS):
        await lingering.database.close()
    assert lingering.database.connections_in_use == 0


async def test_who_is_not_let_linger_waits_for_the_commit(lingering: Lingering) -> None:
    lingering.relay.cuts_at = b"commit"
    with pytest.raises(DatabaseAway):
        async with lingering.transaction(may_linger=False) as transaction:
            await _read(select(func.pg_backend_pid()), transaction)


async def _by_session(transaction: Transaction) -> None:
    await transaction.session.execute(text("select 1"))


async def _by_connection(transaction: Transaction) -> None:
    await transaction.connection.execute(text("select 1"))


async def _by_driver(transaction: Transaction) -> None:
    await transaction.driver.execute("select 1")


async def _at_last(transaction: Transaction) -> None:
    transaction.insert_last(LoginAttempt(id=new_id(), email="lingering", succeeded=False))


async def _after_it(transaction: Transaction) -> None:
    transaction.after_commit(lambda: None)


async def _prepared(transaction: Transaction) -> None:
    """What is not said to read only, whatever it does."""
    await PreparedStatement(select(func.pg_backend_pid()), int).one(transaction)


async def _prepared_together(transaction: Transaction) -> None:
    one, two = PreparedStatement(select(func.pg_backend_pid()), int), PreparedRead(select(func.pg_backend_pid()), int)
    await transaction.together(two.one(transaction), one.one(transaction))


async def _copied(transaction: Transaction) -> None:
    await transaction.copy("select 1")


MORE_THAN_READING = (
    _by_session, _by_connection, _by_driver, _at_last, _after_it, _prepared, _prepared_together, _copied,
)  # fmt: skip


@pytest.mark.parametrize("act", MORE_THAN_READING)
async def test_what_may_have_written_is_committed_before(
    act: Callable[[Transaction], Awaitable[None]], lingering: Lingering
) -> None:
    lingering.relay.cuts_at = b"commit"
    with pytest.raises(DatabaseAway):
        async with lingering.transaction() as transaction:
            await act(transaction)


async def test_reads_together_are_reads(lingering: Lingering) -> None:
    pid = PreparedRead(select(func.pg_backend_pid()), int)
    async with lingering.transaction() as transaction:
        one, two = await transaction.together(pid.one(transaction), pid.one(transaction))
        assert one == two
        assert transaction.has_only_read


async def test_a_read_that_failed_unheard_is_no_success(lingering: Lingering) -> None:
    async def swallow() -> None:
        async with lingering.transaction() as transaction:
            with pytest.raises(PostgresError):
                await _read(select(literal_column("1/0")), transaction)

    with pytest.raises(NotCommitted):
        await swallow()
    assert lingering.database.connections_in_use == 0


async def test_a_block_that_raises_is_rolled_back_before_it_is_left(lingering: Lingering) -> None:
    async def act() -> None:
        async with lingering.transaction() as transaction:
            await _read(select(func.pg_backend_pid()), transaction)
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    assert lingering.database.connections_in_use == 0
