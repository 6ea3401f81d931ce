"""Turns: few at a time, whoever waited for too long beyond them, never more than there are, and none is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from capecontrol.core.db.turns import Turn, Turns
from tests.seeded_random import SeededRandom

#: Longer than any test.
FOREVER = 600.0
#: What ends a test that would hang.
BOUND = 10.0


class Visit:
    """Somebody who comes, works while they have their turn, and goes when they are told to."""

    def __init__(self, turns: Turns, timeout_seconds: float = FOREVER) -> None:
        self.turn: Turn | None = None
        self.has_come = asyncio.Event()
        self._turns, self._timeout_seconds = turns, timeout_seconds
        self._leave = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    async def leave(self) -> None:
        """End the turn."""
        self._leave.set()
        await asyncio.wait([self.task])

    async def _run(self) -> None:
        self.turn = await self._turns.take(self._timeout_seconds)
        self.has_come.set()
        try:
            await self._leave.wait()
        finally:
            self._turns.end(self.turn)


async def settle() -> None:
    """Let everybody do what they can."""
    for _ in range(5):
        await asyncio.sleep(0)


@asynccontextmanager
async def come(turns: Turns, count: int) -> AsyncIterator[list[Visit]]:
    """Have so many come one after the other; those that are left go at the end."""
    visits = [Visit(turns) for _ in range(count)]
    await settle()
    yield visits
    for visit in visits:
        visit.task.cancel()
    await asyncio.gather(*(visit.task for visit in visits), return_exceptions=True)
    assert turns.held == 0


def at_work(visits: list[Visit]) -> list[int]:
    """Return who has had their turn."""
    return [place for place, visit in enumerate(visits) if visit.turn is not None]


async def test_a_few_at_a_time_in_the_order_in_which_they_came() -> None:
    async with come(Turns(6, 2, FOREVER), 4) as visits:
        assert at_work(visits) == [0, 1]
        await visits[1].leave()
        await settle()
        assert at_work(visits) == [0, 1, 2]
        await visits[2].leave()
        await settle()
        assert at_work(visits) == [0, 1, 2, 3]


async def test_whoever_waited_for_long_enough_is_let_in_beyond_the_few_and_nobody_beyond_the_most() -> None:
    async with come(Turns(4, 2, 0), 6) as visits:
        # Nobody has any patience.
        assert at_work(visits) == [0, 1, 2, 3]
        await visits[0].leave()
        await settle()
        assert at_work(visits) == [0, 1, 2, 3, 4]


async def test_nobody_overtakes_those_who_wait() -> None:
    turns = Turns(6, 1, FOREVER)
    async with come(turns, 2) as visits:
        visits[0].task.cancel()
        late = Visit(turns)
        await settle()
        assert at_work([*visits, late]) == [0, 1]
        await visits[1].leave()
        await settle()
        assert late.turn is not None
        await late.leave()


async def test_who_steps_aside_lets_somebody_else_work_and_still_holds_a_turn() -> None:
    turns = Turns(3, 1, FOREVER)
    async with come(turns, 4) as visits:
        for place in range(2):
            turn = visits[place].turn
            assert turn is not None
            turns.step_aside(turn)
            # Once is enough.
            turns.step_aside(turn)
            await settle()
            assert at_work(visits) == list(range(place + 2))
        third = visits[2].turn
        assert third is not None
        turns.step_aside(third)
        await settle()
        assert at_work(visits) == [0, 1, 2], "there are three turns"
        await visits[0].leave()
        await settle()
        assert at_work(visits) == [0, 1, 2, 3]


async def test_who_left_while_waiting_is_passed_over_also_when_nobody_ends_a_turn() -> None:
    async with come(Turns(4, 1, 0.02), 3) as visits:
        assert at_work(visits) == [0]
        visits[1].task.cancel()
        async with asyncio.timeout(BOUND):
            await visits[2].has_come.wait()
        assert at_work(visits) == [0, 2]


async def test_a_turn_that_comes_as_its_waiter_leaves_goes_to_the_next() -> None:
    turns = Turns(4, 1, FOREVER)
    async with come(turns, 3) as visits:
        first = visits[0].turn
        assert first is not None
        turns.step_aside(first)
        # It has its turn now, and has not run since.
        visits[1].task.cancel()
        await settle()
        assert at_work(visits) == [0, 2]


async def test_who_waits_for_too_long_is_told() -> None:
    turns = Turns(1, 1, FOREVER)
    async with come(turns, 1) as visits:
        with pytest.raises(TimeoutError):
            await turns.take(0.01)
        await visits[0].leave()
        turns.end(await turns.take(FOREVER))


@pytest.mark.parametrize("seed", range(20))
async def test_no_turn_is_lost_or_given_twice_whatever_happens(seed: int) -> None:
    dice = SeededRandom(seed)
    most = 1 + dice.below(6)
    few = 1 + dice.below(most)
    turns = Turns(most, few, dice.one_of([0.0005, FOREVER]))
    visits: list[Visit] = []
    for _ in range(300):
        match dice.below(6):
            case 0 | 1:
                visits.append(Visit(turns, dice.one_of([0.0005, FOREVER])))
            case 2 if visits:
                dice.one_of(visits).task.cancel()
            case 3 if holders := [visit for visit in visits if visit.turn and not visit.task.done()]:
                await dice.one_of(holders).leave()
            case 4 if held := [visit.turn for visit in visits if visit.turn and not visit.task.done()]:
                turns.step_aside(dice.one_of(held))
            case _:
                await asyncio.sleep(dice.one_of([0, 0.0005]))
        assert turns.held <= most
    for visit in visits:
        visit.task.cancel()
    await asyncio.gather(*(visit.task for visit in visits), return_exceptions=True)
    assert turns.held == 0
    fresh = [await turns.take(BOUND) for _ in range(few)]
    for turn in fresh:
        turns.end(turn)
