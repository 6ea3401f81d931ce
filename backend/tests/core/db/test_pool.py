"""The pool when the server is away, frozen or half-way gone, and when whoever asked is cancelled: no place is lost.

The server is the tests' own; between it and the pool stands a relay that falls silent, or cuts, when it is told to.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress

import pytest
from asyncpg import PostgresError
from sqlalchemy import text

from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.db.driver import DatabaseAway
from capecontrol.core.db.pool import OPEN_SECONDS
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.db.transaction import BEGIN_SECONDS, ROLLBACK_SECONDS, Transaction
from capecontrol.main.settings import Settings
from tests.moving_clock import MovingClock
from tests.relay import Relay, relayed
from tests.seeded_random import SeededRandom

SIZE = 3
#: What a busy machine adds to what is bounded.
SLACK_SECONDS = 5.0


class Refused(Exception):
    """Has a transaction rolled back."""


class Relayed:
    """A database behind a relay."""

    def __init__(self, database: Database, relay: Relay, clock: MovingClock) -> None:
        self.database, self.relay, self._clock = database, relay, clock

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Begin."""
        return self.database.transaction(PlatformScope("tests"), self._clock.now)

    async def roll_back_in_silence(self, backends: list[int]) -> None:
        """Note which connection was taken, and roll back when the server has fallen silent."""
        async with self.transaction() as transaction:
            backends.append(int(await transaction.driver.fetchval("select pg_backend_pid()")))
            self.relay.fall_silent()
            raise Refused

    async def backends(self) -> list[int]:
        """Return which connections there are: all places are free, and whoever takes one can work with it."""
        assert self.database.connections_in_use == 0
        async with AsyncExitStack() as stack:
            opened = [await stack.enter_async_context(self.transaction()) for _ in range(SIZE)]
            return [int(await one.driver.fetchval("select pg_backend_pid()")) for one in opened]


@pytest.fixture
async def behind(settings: Settings, clock: MovingClock) -> AsyncIterator[Relayed]:
    """A database whose server can be made to fall silent."""
    async with (
        relayed(settings.database_url.get_secret_value()) as (relay, url),
        Database(url, PoolSize(size=SIZE, timeout_seconds=1)) as database,
    ):
        yield Relayed(database, relay, clock)


async def test_a_server_that_freezes_is_tried_twice_and_not_for_long(behind: Relayed) -> None:
    first = await behind.backends()
    behind.relay.fall_silent()
    opened, began = behind.relay.opened, time.monotonic()
    with pytest.raises((DatabaseAway, TimeoutError)):
        async with behind.transaction():
            pass
    assert time.monotonic() - began < BEGIN_SECONDS + OPEN_SECONDS + SLACK_SECONDS
    # One of the two is the driver's, which asks the server to cancel what it began.
    assert 1 <= behind.relay.opened - opened <= 2
    behind.relay.speak()
    assert set(await behind.backends()).isdisjoint(first), "what lay idle was dead, too"


async def test_a_server_that_breaks_off_whenever_a_transaction_begins_is_tried_twice(behind: Relayed) -> None:
    behind.relay.cuts_at = b"begin;"
    with pytest.raises(DatabaseAway):
        async with asyncio.timeout(SLACK_SECONDS), behind.transaction():
            pass
    assert behind.relay.cut == 2
    behind.relay.cuts_at = None
    assert len(set(await behind.backends())) == SIZE


@pytest.mark.parametrize("stage", ["SCRAM-SHA-256", "lock_timeout"])
async def test_a_server_that_falls_silent_while_it_lets_a_connection_in_is_away(stage: str, behind: Relayed) -> None:
    behind.relay.silent_at = stage.encode()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with behind.transaction():
            pass
    assert time.monotonic() - began < OPEN_SECONDS + SLACK_SECONDS
    behind.relay.speak()
    assert len(set(await behind.backends())) == SIZE


async def test_a_roll_back_that_nobody_answers_ends_soon_and_its_connection_with_it(behind: Relayed) -> None:
    backends: list[int] = []
    began = time.monotonic()
    with pytest.raises(Refused):
        await behind.roll_back_in_silence(backends)
    assert time.monotonic() - began < ROLLBACK_SECONDS + SLACK_SECONDS
    behind.relay.speak()
    assert backends[0] not in await behind.backends()


async def test_a_roll_back_that_is_cancelled_hands_no_open_transaction_on(behind: Relayed) -> None:
    backends: list[int] = []
    task = asyncio.create_task(behind.roll_back_in_silence(backends))
    async with asyncio.timeout(SLACK_SECONDS):
        await behind.relay.is_ignoring.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    behind.relay.speak()
    assert backends[0] not in await behind.backends()


async def test_who_is_cancelled_while_a_connection_opens_gives_its_place_back(behind: Relayed) -> None:
    async def begin() -> None:
        async with behind.transaction():
            pass

    behind.relay.fall_silent()
    tasks = [asyncio.create_task(begin()) for _ in range(2 * SIZE)]
    async with asyncio.timeout(SLACK_SECONDS):
        await behind.relay.is_ignoring.wait()
    for task in tasks:
        task.cancel()
    assert all(isinstance(end, BaseException) for end in await asyncio.gather(*tasks, return_exceptions=True))
    behind.relay.speak()
    assert len(set(await behind.backends())) == SIZE


@pytest.mark.parametrize("is_frozen", [True, False])
async def test_a_statement_that_is_cancelled_ends_in_the_word_of_its_deadline(is_frozen: bool, behind: Relayed) -> None:
    """SQLAlchemy closes its connection, in peace or, where the server says nothing, by force."""
    await behind.backends()

    async def ask_in_vain() -> None:
        async with behind.transaction() as transaction:
            if is_frozen:
                behind.relay.fall_silent()
            async with asyncio.timeout(0.05):
                await transaction.connection.execute(text("select pg_sleep(10)"))

    with pytest.raises(TimeoutError):
        await ask_in_vain()
    behind.relay.speak()
    assert len(set(await behind.backends())) == SIZE


@pytest.mark.parametrize("seed", range(4))
async def test_whenever_requests_are_cancelled_no_place_is_lost(seed: int, behind: Relayed) -> None:
    dice = SeededRandom(seed)

    async def work() -> None:
        async with behind.transaction() as transaction:
            await transaction.driver.fetchval("select 1")
            match dice.below(4):
                case 0:
                    await transaction.connection.execute(text("select pg_sleep(0.001)"))
                case 1:
                    await transaction.session.execute(text("select 2"))
                case 2:
                    await transaction.driver.fetchval("select 1/0")

    for _ in range(15):
        tasks = [asyncio.create_task(work()) for _ in range(10)]
        for _ in range(dice.below(60)):
            with suppress(TimeoutError):
                async with asyncio.timeout(0.002 * dice.below(2)):
                    await asyncio.Event().wait()
            if dice.below(5) == 0:
                dice.one_of(tasks).cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        told = {type(end) for end in ends if end is not None}
        assert all(issubclass(one, (asyncio.CancelledError, PostgresError, DatabaseAway)) for one in told), told
        assert len(set(await behind.backends())) == SIZE
