"""The relay finds everything that is due, and never gives up or floods the queue."""

import asyncio
import uuid
from collections.abc import Sequence

import pytest

from capecontrol.core.outbox.relay import Relay
from tests.stage import Stage


class Memory:
    """A queue in memory that can be full or away."""

    def __init__(self, room: int = 1000) -> None:
        self.ids: list[uuid.UUID] = []
        self.size = room
        self.is_away = False

    async def room(self) -> int:
        return self.size

    async def put(self, ids: Sequence[uuid.UUID]) -> None:
        if self.is_away:
            raise ConnectionError
        self.ids.extend(ids)


async def test_hands_over_what_is_due_once_and_oldest_first(stage: Stage) -> None:
    for _ in range(5):
        await stage.place()
    queue = Memory()
    relay = Relay(stage.factory, queue)
    assert list(await relay.sweep()) == await stage.messages()
    assert await relay.sweep() == []
    assert queue.ids == await stage.messages()


async def test_hands_over_again_what_nobody_took(stage: Stage) -> None:
    await stage.place()
    queue = Memory()
    relay = Relay(stage.factory, queue, requeue_seconds=0)
    await relay.sweep()
    await relay.sweep()
    assert queue.ids == await stage.messages() * 2
    await stage.runner.run(queue.ids[0])
    assert await relay.sweep() == []


async def test_leaves_leased_and_waiting_messages_alone(stage: Stage) -> None:
    await stage.place()
    await stage.place()
    leased, waiting = await stage.messages()
    await stage.query("update outbox set lease_until = now() + interval '1 minute' where id = :id", id=leased)
    await stage.query("update outbox set available_at = now() + interval '1 minute' where id = :id", id=waiting)
    relay = Relay(stage.factory, Memory())
    assert await relay.sweep() == []
    await stage.pass_time()
    assert set(await relay.sweep()) == {leased, waiting}


async def test_hands_over_no_more_than_there_is_room(stage: Stage) -> None:
    for _ in range(5):
        await stage.place()
    queue = Memory(room=2)
    relay = Relay(stage.factory, queue)
    assert len(await relay.sweep()) == 2
    queue.size = 0
    assert await relay.sweep() == []
    queue.size = 10
    assert len(await relay.sweep()) == 3


async def test_what_a_queue_refused_is_due_at_once(stage: Stage) -> None:
    await stage.place()
    queue = Memory()
    queue.is_away = True
    relay = Relay(stage.factory, queue)
    with pytest.raises(ConnectionError):
        await relay.sweep()
    queue.is_away = False
    assert list(await relay.sweep()) == await stage.messages()


async def test_several_relays_share_the_work(stage: Stage) -> None:
    for _ in range(60):
        await stage.place()
    queue = Memory()
    relays = [Relay(stage.factory, queue) for _ in range(6)]
    for _ in range(4):
        await asyncio.gather(*(relay.sweep(limit=10) for relay in relays))
    assert sorted(queue.ids) == await stage.messages()
