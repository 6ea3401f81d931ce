"""Of one thing that many want, each source has its turn, and nobody waits without an end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from capecontrol.core.fair_turns import FairTurns, TurnRefused


def turns(places: int = 20, places_per_source: int = 10, wait_seconds: float = 60) -> FairTurns:
    return FairTurns(places=places, places_per_source=places_per_source, wait_seconds=wait_seconds)


@asynccontextmanager
async def taken(fair: FairTurns) -> AsyncIterator[None]:
    """Have the turn, until the block ends; then those who wait have theirs."""
    async with fair.turn("before"):
        yield


async def queued(fair: FairTurns, *sources: str, had: list[str]) -> list[asyncio.Task[None]]:
    """Let these wait, in this order, and note who had a turn."""

    async def want(source: str) -> None:
        async with fair.turn(source):
            had.append(source)

    tasks = []
    for source in sources:
        tasks.append(asyncio.create_task(want(source)))
        await asyncio.sleep(0)
    return tasks


async def test_a_source_with_much_work_lets_the_others_between() -> None:
    fair, had = turns(), list[str]()
    async with taken(fair):
        tasks = await queued(fair, "greedy", "greedy", "greedy", "one", "two", had=had)
    await asyncio.gather(*tasks)

    assert had == ["greedy", "one", "two", "greedy", "greedy"]


async def test_one_source_has_so_many_places_and_leaves_the_rest_to_others() -> None:
    fair, had = turns(places=4, places_per_source=2), list[str]()
    async with taken(fair):
        tasks = await queued(fair, *["greedy"] * 4, "one", "two", "three", had=had)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert had == ["greedy", "one", "two", "greedy"]
    assert [isinstance(one, TurnRefused) for one in outcomes] == [False, False, True, True, False, False, True]


async def test_a_turn_that_does_not_come_is_refused_and_not_kept() -> None:
    fair, had = turns(wait_seconds=0.01), list[str]()
    async with taken(fair):
        (task,) = await queued(fair, "late", had=had)
        with pytest.raises(TurnRefused):
            await task
    async with fair.turn("next"):
        pass
    assert had == []


async def test_who_leaves_the_queue_takes_no_turn_along() -> None:
    fair, had = turns(), list[str]()
    async with taken(fair):
        gone, stays = await queued(fair, "gone", "stays", had=had)
        gone.cancel()
        await asyncio.sleep(0)
    await stays

    assert had == ["stays"]
    async with fair.turn("next"):
        pass


async def test_who_is_given_the_turn_and_leaves_hands_it_on() -> None:
    fair, had = turns(), list[str]()
    async with taken(fair):
        gone, stays = await queued(fair, "gone", "stays", had=had)
    gone.cancel()
    await asyncio.wait({gone, stays})

    assert had == ["stays"]


async def test_work_that_fails_hands_the_turn_on() -> None:
    fair = turns()
    with pytest.raises(ZeroDivisionError):
        async with fair.turn("one"):
            raise ZeroDivisionError
    async with fair.turn("two"):
        pass
