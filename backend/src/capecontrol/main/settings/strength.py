"""How hard a secret is to guess, estimated from below."""

import math
import re
from collections import Counter
from itertools import pairwise

#: What people type where a secret belongs. Taken out before counting, so that a random key may contain one.
_WORD = re.compile(
    "capecontrol|development|production|change[-_]?me|replace[-_]?me|passphrase|qwertyuiop|asdfghjkl|password|passwort"
    "|postgres|insecure|example|default|zxcvbnm|letmein|welcome|staging|secret|valkey|qwerty|please|redis|admin|local"
    "|super|dummy|login|your|test|todo|root|user|prod|key|dev|for|the|xxx|my"
    # The sentences that everybody knows.
    "|correct|battery|staple|horse|quick|brown|jumps|over|lazy|fox|dog",
    re.IGNORECASE,
)


def strength_bits(secret: str) -> float:
    """Return how many bits of surprise a secret holds at most, so far as its own letters show.

    Words that everybody tries, repetitions (``abcabc``) and rows (``aaaa``, ``1234``) count for nothing; the rest
    counts by how evenly its characters are spread. 128 random bits are never estimated below 40, whatever the alphabet.
    """
    rest = _without_rows(_once(_WORD.sub("", secret)))
    if not rest:
        return 0.0
    return -sum(count * math.log2(count / len(rest)) for count in Counter(rest).values())


def _once(text: str) -> str:
    """Return what a text repeats, or the text itself."""
    for period in range(1, len(text) // 2 + 1):
        if text[period:] == text[:-period]:
            return text[:period]
    return text


def _without_rows(text: str) -> str:
    """Leave out each character that follows from the one before it."""
    return text[:1] + "".join(after for before, after in pairwise(text) if abs(ord(after) - ord(before)) > 1)
