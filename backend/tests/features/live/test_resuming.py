"""Writers commit in an order of their own while a reader comes and goes: it hears each change once."""

import asyncio
import uuid
from collections import Counter

from fastapi import FastAPI

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.live.listener import listening
from tests.people import SYSTEM
from tests.security.world import World
from tests.seeded_random import SeededRandom

WRITERS = 6
ACTS = 25


class Writers:
    """Note changes in transactions that begin in one order and are committed in another."""

    def __init__(self, factory: UnitOfWorkFactory, org_id: uuid.UUID) -> None:
        self._factory, self._org_id = factory, org_id
        self._random = SeededRandom(7)
        self.noted: list[str] = []

    async def run(self) -> None:
        """Write until all is written."""
        await asyncio.gather(*(self._write() for _ in range(WRITERS)))

    async def _write(self) -> None:
        for _ in range(ACTS):
            subject = new_id()
            async with self._factory.unit(SYSTEM, OrganizationScope(self._org_id)) as work:
                # The id of the transaction is given now, and the row is seen later: in between others commit.
                await work.transaction.driver.fetchval("select pg_current_xact_id()::text")
                await work.transaction.driver.fetchval("select pg_sleep($1)", self._random.below(20) / 1000)
                note_change(work, Topic.PROJECTS, subject, org_id=self._org_id)
            self.noted.append(str(subject))


async def _hear(app: FastAPI, token: str, writers: Writers, writing: asyncio.Task[None]) -> list[str]:
    """Listen with breaks until all that was written is heard."""
    heard: list[str] = []
    place: str | None = None
    while not (writing.done() and len(heard) >= len(writers.noted)):
        async with listening(app, token, place) as stream:
            for _ in range(3):
                told = await stream.next("changes")
                heard += [str(one) for topic, one in told.changed if topic == Topic.PROJECTS]
                if writing.done() and len(heard) >= len(writers.noted):
                    break
        place = stream.last_event_id
    return heard


async def test_each_change_is_heard_once_across_breaks(
    running: FastAPI, world: World, factory: UnitOfWorkFactory
) -> None:
    writers = Writers(factory, world.own)
    writing = asyncio.create_task(writers.run())
    # Somebody else listens all the time, so that looks go on while the reader is away, and as it comes.
    other = await world.people.operator()
    async with listening(running, other.client.token):
        heard = await _hear(running, world.operator.client.token or "", writers, writing)
    await writing
    assert Counter(heard) == Counter(writers.noted)
    assert len(heard) == WRITERS * ACTS


async def test_a_long_transaction_keeps_nobody_elses_changes_back(running: FastAPI, world: World) -> None:
    """And its own are told when it is over, also to who came again meanwhile."""
    token = world.operator.client.token
    late, soon = new_id(), new_id()
    async with listening(running, token) as stream:
        async with world.unit() as slow:
            await slow.transaction.driver.fetchval("select pg_current_xact_id()::text")
            note_change(slow, Topic.PROJECTS, late, org_id=world.own)
            async with world.unit() as quick:
                note_change(quick, Topic.PROJECTS, soon, org_id=world.own)
            told = await stream.until(("projects", str(soon)))
            assert ("projects", str(late)) not in told
            await stream.leave()
            async with listening(running, token, stream.last_event_id) as meanwhile:
                await meanwhile.next()
            place = meanwhile.last_event_id
        async with listening(running, token, place) as again:
            assert await again.until(("projects", str(late))) == [("projects", str(late))]


async def test_changes_of_one_thing_have_the_order_of_its_acts(
    running: FastAPI, world: World, factory: UnitOfWorkFactory
) -> None:
    """The act that waits for the lock may have begun first."""
    token, first, second = world.operator.client.token, new_id(), new_id()
    async with listening(running, token) as early:
        await early.next()
        holds = asyncio.Event()

        async def act(mark: uuid.UUID, *, begins_first: bool) -> None:
            async with factory.unit(SYSTEM, OrganizationScope(world.own)) as work:
                if begins_first:
                    await work.transaction.driver.fetchval("select pg_current_xact_id()::text")
                    await holds.wait()
                await work.transaction.driver.fetchval("select pg_advisory_xact_lock(7001)")
                note_change(work, Topic.PROJECTS, mark, org_id=world.own, project_id=world.own)
                holds.set()

        await asyncio.gather(act(second, begins_first=True), act(first, begins_first=False))
        told = await early.until(("projects", str(first)), ("projects", str(second)))
    assert [one for topic, one in told if topic == "projects"] == [str(first), str(second)]
