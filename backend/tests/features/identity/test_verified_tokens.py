"""What a process remembers of tokens whose signature it has checked: not for how long they hold, and not too many."""

import gc
import uuid
import weakref
from datetime import UTC, datetime, timedelta

import pytest

from capecontrol.core.permissions import Role
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.rings.ring import RingName, SecretKey, SecretRing
from capecontrol.features.identity.tokens import ACCESS_TTL, VERIFIED_TOKENS, AccessClaims, AccessTokens

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ISSUER = "http://localhost:8000"
FIRST, SECOND = b"1" * 32, SecretKey("second", b"2" * 32)


class Sent(str):
    """A token as it came; unlike a plain text it can be watched until nobody holds it."""


def _tokens(*keys: SecretKey, legacy: bytes = FIRST, issuer: str = ISSUER) -> AccessTokens:
    ring = SecretRing(RingName.TOKENS, legacy)
    ring.replace(keys)
    return AccessTokens(ring, issuer)


def _issued(tokens: AccessTokens) -> str:
    return tokens.issue(AccessClaims(uuid.uuid4(), uuid.uuid4(), Role.OWNER, uuid.uuid4(), 0), NOW)


def _is_taken(tokens: AccessTokens, token: str, now: datetime = NOW) -> bool:
    try:
        tokens.read(token, now)
    except Unauthenticated:
        return False
    return True


def test_a_token_that_was_taken_is_refused_once_it_expired() -> None:
    tokens = _tokens()
    token, end = _issued(tokens), NOW + ACCESS_TTL
    assert [_is_taken(tokens, token, moment) for moment in (NOW, end - timedelta(seconds=1), end)] == [
        True,
        True,
        False,
    ]


def test_a_refusal_is_not_remembered() -> None:
    """Another process signs with a new key before this one has read it."""
    ring = SecretRing(RingName.TOKENS, FIRST)
    here, token = AccessTokens(ring, ISSUER), _issued(_tokens(SECOND))
    assert not _is_taken(here, token)
    ring.replace([SECOND])
    assert _is_taken(here, token)


@pytest.mark.parametrize(
    ("other", "is_kept"),
    [
        (_tokens(), True),
        (_tokens(legacy=b"another key of 32 bytes, as long."), False),
        (_tokens(SECOND), False),
        (_tokens(issuer="https://evil.test"), False),
    ],
    ids=["ours", "another key", "an unknown key", "another issuer"],
)
def test_only_tokens_of_ours_are_kept(other: AccessTokens, is_kept: bool) -> None:
    tokens, sent = _tokens(), Sent(_issued(other))
    watched = weakref.ref(sent)
    assert _is_taken(tokens, sent) == is_kept
    del sent
    gc.collect()
    assert (watched() is not None) == is_kept


def test_ten_thousand_sessions_take_no_more_room_than_the_bound() -> None:
    tokens = _tokens()
    gc.collect()
    before = sum(isinstance(one, AccessClaims) for one in gc.get_objects())
    first = _issued(tokens)
    assert _is_taken(tokens, first)
    for _ in range(10_000):
        assert _is_taken(tokens, _issued(tokens))
    gc.collect()
    kept = sum(isinstance(one, AccessClaims) for one in gc.get_objects()) - before
    assert 0 < kept <= VERIFIED_TOKENS < 10_000
    # Who was forgotten is checked anew.
    assert _is_taken(tokens, first)
