"""Whoever waits for something in vain hears of it, or the outbox's README says why nobody tells them."""

import re
from pathlib import Path

import capecontrol.core.outbox
from capecontrol.core.outbox.registry import SlotDue, Subscription
from capecontrol.main.features import FEATURES

README = Path(capecontrol.core.outbox.__file__).parent / "README.md"


def _rows() -> list[tuple[set[str], str]]:
    """Return the consumers of each row, and who is told when a message of theirs dies."""
    section = README.read_text().split("\n## What a death means to people\n")[1]
    cells = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return [(set(re.findall(r"`(\w+\.\w+)`", names)), told.strip()) for names, _, told in cells]


def _subscriptions() -> list[Subscription]:
    return [one for feature in FEATURES for one in feature.subscriptions if one.event is not SlotDue]


def test_each_consumer_says_who_is_told_of_its_death() -> None:
    named = {name for names, _ in _rows() for name in names}
    consumers = {one.consumer for one in _subscriptions()}
    assert sorted(consumers - named) == [], "say in the README who waits for it, and who is told when it dies"
    assert sorted(named - consumers) == [], "these consumers are gone"


def test_whoever_is_said_to_be_told_is_told_by_the_message() -> None:
    """A death is announced by ``on_dead``, or a job of its own ends what waits."""
    announced = {one.consumer for one in _subscriptions() if one.on_dead is not None}
    told = {name for names, cell in _rows() if cell.startswith("staff") for name in names}
    assert told == announced
