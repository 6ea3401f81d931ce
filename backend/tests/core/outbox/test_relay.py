"""The relay finds everything that is due, and never gives up or floods the queue."""

import asyncio
import uuid
from collections.abc import Mapping, Sequence

import pytest

from capecontrol.core.outbox.lane import Lane
from capecontrol.core.outbox.relay import DueMessage, Relay
from tests.stage import Stage


class Memory:
    """A queue in memory that can be full or away."""

    def __init__(self, room: int = 1000, **rooms: int) -> None:
        self.ids: list[uuid.UUID] = []
        self.size = room
        self.rooms = rooms
        self.is_away = False

    async def room(self) -> Mapping[Lane, int]:
        return {lane: self.rooms.get(lane, self.size) for lane in Lane}

    async def put(self, due: Sequence[DueMessage]) -> None:
        if self.is_away:
            raise ConnectionError
        self.ids.extend(message.id for message in due)


def ids(due: Sequence[DueMessage]) -> list[uuid.UUID]:
    return [message.id for message in due]


async def test_hands_over_what_is_due_once_and_oldest_first(stage: Stage) -> None:
    for _ in range(5):
        await stage.place()
    queue = Memory()
    relay = Relay(stage.factory, queue)
    assert ids(await relay.sweep()) == await stage.messages()
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
    assert set(ids(await relay.sweep())) == {leased, waiting}


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
    assert ids(await relay.sweep()) == await stage.messages()


async def test_several_relays_share_the_work(stage: Stage) -> None:
    for _ in range(60):
        await stage.place()
    queue = Memory()
    relays = [Relay(stage.factory, queue) for _ in range(6)]
    for _ in range(4):
        await asyncio.gather(*(relay.sweep(limit=10) for relay in relays))
    assert sorted(queue.ids) == await stage.messages()


async def test_a_full_lane_takes_no_place_from_another(stage: Stage) -> None:
    for _ in range(5):
        await stage.place()
    await stage.query("update outbox set lane = 'engine'")
    await stage.place()
    paid = (await stage.messages())[-1]
    await stage.query("update outbox set lane = 'money' where id = :id", id=paid)
    relay = Relay(stage.factory, Memory(engine=2))
    assert [message.lane for message in await relay.sweep(limit=3)] == [Lane.ENGINE, Lane.ENGINE, Lane.MONEY]
    relay = Relay(stage.factory, Memory(engine=0), requeue_seconds=0)
    assert list(await relay.sweep()) == [DueMessage(paid, Lane.MONEY)]


async def test_a_lane_of_another_release_is_handed_over_as_the_default_one(stage: Stage) -> None:
    await stage.place()
    await stage.place()
    named, _ = await stage.messages()
    await stage.query("update outbox set lane = 'of a later release' where id = :id", id=named)
    found = await Relay(stage.factory, Memory()).sweep()
    assert [message.lane for message in found] == [Lane.DEFAULT, Lane.DEFAULT]
    assert set(ids(found)) == set(await stage.messages())


async def test_what_code_without_lanes_writes_is_delivered(stage: Stage) -> None:
    await stage.query(
        "insert into outbox (id, topic, consumer, payload, created_at) "
        "values (gen_random_uuid(), 'tests.order_placed.v1', 'tests.count', '{}', now())"
    )
    (message,) = await Relay(stage.factory, Memory()).sweep()
    assert message.lane is Lane.DEFAULT
