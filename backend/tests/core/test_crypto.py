"""Secrets at rest: the key ring rotates, and opens nothing that it did not seal."""

import pytest
from cryptography.fernet import Fernet

from capecontrol.core.crypto import Keyring, SealBroken


def _key() -> str:
    return Fernet.generate_key().decode()


def test_a_new_first_key_seals_and_the_old_one_still_opens() -> None:
    old, new = _key(), _key()
    sealed = Keyring([old]).seal("the n8n key")
    rotated = Keyring([new, old])
    assert rotated.open(sealed) == "the n8n key"
    assert Keyring([new]).open(rotated.seal("the n8n key")) == "the n8n key"


def test_what_left_the_ring_opens_nothing() -> None:
    sealed = Keyring([_key()]).seal("the n8n key")
    with pytest.raises(SealBroken):
        Keyring([_key()]).open(sealed)


def test_a_sealed_value_that_was_tampered_with_does_not_open() -> None:
    ring = Keyring([_key()])
    sealed = ring.seal("the n8n key")
    with pytest.raises(SealBroken):
        ring.open(sealed[:-2] + ("A" if sealed[-2] != "A" else "B") + sealed[-1])


def test_a_fingerprint_holds_over_a_rotation_and_for_its_data_only() -> None:
    old, new = _key(), _key()
    fingerprint = Keyring([old]).fingerprint(b"body")
    assert Keyring([new, old]).has_fingerprint(fingerprint, b"body")
    assert not Keyring([new, old]).has_fingerprint(fingerprint, b"other")
    assert not Keyring([new]).has_fingerprint(fingerprint, b"body")


def test_a_ring_without_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        Keyring([])
