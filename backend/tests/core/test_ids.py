"""Identifiers."""

import uuid

from capecontrol.core.ids import derived_id, new_id


def test_a_derived_id_is_a_uuid7_of_its_origins_time_and_the_same_each_time() -> None:
    origin = new_id()
    user, organization = derived_id(origin, "user"), derived_id(origin, "organization")
    assert derived_id(origin, "user") == user
    assert len({origin, user, organization}) == 3
    assert (user.version, user.variant) == (7, uuid.RFC_4122)
    assert user.int >> 80 == origin.int >> 80


def test_ids_derived_from_different_operations_differ() -> None:
    assert len({derived_id(new_id(), "user") for _ in range(100)}) == 100
