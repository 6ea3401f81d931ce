"""A text of somebody else in a mail of ours makes no link."""

import pytest

from capecontrol.core.unlinked_text import unlinked

GAP = "\u200b"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See https://evil.example/pay now", f"See https:{GAP}/{GAP}/{GAP}evil.{GAP}example/{GAP}pay now"),
        ("www.evil.example", f"www.{GAP}evil.{GAP}example"),
        ("evil.com, or write to me@evil.com", f"evil.{GAP}com, or write to me@{GAP}evil.{GAP}com"),
        ("Fewer rows. And 3.5 days less, please: a/b.", "Fewer rows. And 3.5 days less, please: a/b."),
        ("", ""),
    ],
)
def test_addresses_are_broken_and_all_else_is_left(text: str, told: str) -> None:
    assert unlinked(text) == told
    assert told.replace(GAP, "") == text
