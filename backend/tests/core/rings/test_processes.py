"""Whatever the order in which keys turn and processes read them, what any process makes every process reads."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis.strategies import randoms

from capecontrol.core.crypto import SealBroken
from capecontrol.core.rings.ring import KeyNotReadable, RingName
from capecontrol.core.rings.rings import RingTimes
from tests.core.rings.processes import Process, Vault

RINGS = (RingName.CSRF, RingName.SEALING, RingName.PEPPER)


def play(dice: Random, grace: timedelta) -> tuple[int, int]:
    """Let four processes live for two hours; return how many readings were right and how many were wrong.

    Each reads the rings every half a minute, give or take, and sometimes not at all for a while.
    """
    vault = Vault()
    processes = [Process(vault, clock_begins_at=dice.uniform(-1e6, 1e6)) for _ in range(4)]
    reads_at = [dice.uniform(0, 30) for _ in processes]
    made: list[tuple[RingName, str]] = []
    right = wrong = 0
    while vault.seconds < 7200:
        vault.seconds += dice.expovariate(1 / 4)
        for number, process in enumerate(processes):
            if vault.seconds >= reads_at[number]:
                process.read()
                reads_at[number] = vault.seconds + (dice.uniform(120, 600) if dice.random() < 0.05 else 30)
        if dice.random() < 0.03:
            vault.rotate(dice.choice(RINGS), grace)
        ring = dice.choice(RINGS)
        made.append((ring, dice.choice(processes).make(ring)))
        for process in processes:
            for ring, thing in (made[-1], dice.choice(made)):
                is_right = is_read(process, ring, thing)
                right, wrong = right + is_right, wrong + (not is_right)
    return right, wrong


def is_read(process: Process, ring: RingName, thing: str) -> bool:
    """Tell whether a process reads a thing, or says that it cannot tell, as it may when it has not read the rings."""
    try:
        return process.reads(ring, thing)
    except KeyNotReadable:
        return process.rings.is_stale
    except SealBroken:
        return False


@given(randoms(use_true_random=True))
@settings(max_examples=12, deadline=None)
def test_everything_ever_made_is_readable_everywhere(dice: Random) -> None:
    right, wrong = play(dice, RingTimes().grace)
    assert wrong == 0
    assert right > 1000


@given(randoms(use_true_random=True))
@settings(max_examples=3, deadline=None)
def test_keys_that_are_used_as_soon_as_they_are_made_are_not(dice: Random) -> None:
    """The play would notice: without the grace, what one process makes the others do not know yet."""
    assert play(dice, timedelta(seconds=-60))[1] > 0


@pytest.mark.parametrize("ring", RINGS)
def test_until_a_key_is_due_everything_is_made_as_before(ring: RingName) -> None:
    vault = Vault()
    process, first_release = Process(vault), Process(Vault())
    identifier = vault.rotate(ring, timedelta(seconds=120))
    process.read()
    vault.seconds = 119
    before = process.make(ring)
    assert first_release.reads(ring, before)
    assert identifier not in before
    vault.seconds = 121
    assert identifier in process.make(ring)
    assert process.reads(ring, before)


def test_a_process_that_has_not_read_the_rings_says_so_and_asks_for_them() -> None:
    vault = Vault()
    maker, sleeper = Process(vault), Process(vault)
    vault.rotate(RingName.CSRF, timedelta(seconds=120))
    vault.seconds = 200
    maker.read()
    token = maker.make(RingName.CSRF)
    with pytest.raises(KeyNotReadable):
        sleeper.reads(RingName.CSRF, token)
    sleeper.read()
    assert sleeper.reads(RingName.CSRF, token)


FORGERIES: dict[str, Callable[[str], str]] = {
    "an id that no key has": lambda token: f"abcdefgh.{token}",
    "an id of another ring": lambda token: f"csrf-legacy.{token}",
    "no signature": lambda token: token.rpartition(".")[0] + ".",
    "too many parts": lambda token: f"a.b.{token}",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_process_that_knows_all_keys_refuses_what_none_made(forgery: str) -> None:
    process = Process(Vault())
    assert process.reads(RingName.CSRF, process.make(RingName.CSRF))
    assert not process.reads(RingName.CSRF, FORGERIES[forgery](process.make(RingName.CSRF)))


def test_a_key_that_this_process_cannot_open_is_not_taken_for_a_forgery() -> None:
    vault = Vault()
    process = Process(vault)
    foreign = Vault(keys=vault.keys)
    foreign.master = type(foreign.master)(["another-entry-of-the-environment"])
    identifier = foreign.rotate(RingName.CSRF, timedelta(seconds=0))
    assert process.rings.learn(vault.stored()) == [identifier]
    with pytest.raises(KeyNotReadable):
        process.reads(RingName.CSRF, f"{identifier}.nonce.signature")


def test_a_sealed_key_opens_as_itself_only() -> None:
    """Who may write the table cannot put a key into another ring, or under another id."""
    vault = Vault()
    sealed = vault.master.seal(RingName.CSRF, "abcdefgh", b"x" * 32)
    assert vault.master.open(RingName.CSRF, "abcdefgh", sealed) == b"x" * 32
    assert vault.master.open(RingName.TOKENS, "abcdefgh", sealed) is None
    assert vault.master.open(RingName.CSRF, "hgfedcba", sealed) is None


def test_no_key_is_in_what_is_printed_of_a_ring() -> None:
    vault = Vault()
    vault.rotate(RingName.TOKENS, timedelta(seconds=0))
    process = Process(vault)
    ring = process.rings[RingName.TOKENS]
    printed = repr((process.rings, process.rings.master, vault.keys, ring, ring.current, ring.key(None)))
    for material in (ring.current.material, ring.key(None).material):
        assert repr(material) not in printed
    assert vault.keys[0].sealed not in printed
