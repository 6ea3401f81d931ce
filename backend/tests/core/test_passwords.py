"""Password hashes: never cut, bound to the pepper, and bounded in how many wait."""

import asyncio
from collections.abc import Iterator

import pytest

from capecontrol.core.hashing_queue import PLACES_PER_SOURCE
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.peppers import Peppers
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rings.ring import RingName, SecretRing

PEPPERS = Peppers(SecretRing(RingName.PEPPER, b"pepper"))


@pytest.fixture
def hasher() -> Iterator[PasswordHasher]:
    made = PasswordHasher(PEPPERS, rounds=4)
    yield made
    made.close()


async def test_only_the_password_matches(hasher: PasswordHasher) -> None:
    hashed = await hasher.hash("Lighthouse-7")
    assert await hasher.matches("Lighthouse-7", hashed)
    assert not await hasher.matches("Lighthouse-8", hashed)
    assert "Lighthouse" not in hashed


async def test_a_long_one_is_not_cut_and_a_nul_ends_nothing(hasher: PasswordHasher) -> None:
    hashed = await hasher.hash("x" * 100 + "a")
    assert not await hasher.matches("x" * 100 + "b", hashed)
    hashed = await hasher.hash("left\0right")
    assert not await hasher.matches("left\0wrong", hashed)


async def test_one_word_written_in_two_ways_is_one_password(hasher: PasswordHasher) -> None:
    assert await hasher.matches("Cafe\u0301-7", await hasher.hash("Caf\u00e9-7"))


async def test_another_pepper_opens_nothing(hasher: PasswordHasher) -> None:
    other = PasswordHasher(Peppers(SecretRing(RingName.PEPPER, b"another")), rounds=4)
    try:
        assert not await other.matches("Lighthouse-7", await hasher.hash("Lighthouse-7"))
    finally:
        other.close()


async def test_nobody_is_matched_and_it_is_worked_out_all_the_same(hasher: PasswordHasher) -> None:
    assert not await hasher.matches("nobody's password", None)


async def test_who_has_no_password_gets_none_by_signing_in(hasher: PasswordHasher) -> None:
    assert await hasher.renewed("Lighthouse-7", None) is None


async def test_over_the_bound_people_are_told_to_come_back(hasher: PasswordHasher) -> None:
    outcomes = await asyncio.gather(
        *(hasher.hash("Lighthouse-7") for _ in range(PLACES_PER_SOURCE + 3)), return_exceptions=True
    )
    assert sum(isinstance(outcome, TooManyRequests) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, str) for outcome in outcomes) == PLACES_PER_SOURCE
