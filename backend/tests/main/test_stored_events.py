"""Messages are read by the release before theirs, too: what it does not know of them is passed over."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from capecontrol.core.outbox.registry import Subscription
from capecontrol.main.features import FEATURES

#: One consumer of each topic.
READERS = {one.event.topic: one for feature in FEATURES for one in feature.subscriptions}
ADDED = "added_by_a_later_release"


def open_members(reader: Subscription[Any]) -> set[str]:
    """Return the members of an event that hold whatever they are given."""
    return {name for name, field in reader.event.model_fields.items() if field.annotation == dict[str, object]}


def payloads(reader: Subscription[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return payloads as the outbox keeps them."""
    anything = {name: st.dictionaries(st.text(max_size=5), st.integers()) for name in open_members(reader)}
    return st.builds(reader.event, **anything).map(lambda event: event.model_dump(mode="json"))


def extended(value: Any) -> Any:
    """Return what was stored, with a member that this release does not know in each object."""
    if isinstance(value, dict):
        return {name: extended(member) for name, member in value.items()} | {ADDED: 1}
    return [extended(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("topic", READERS)
def test_a_message_of_a_newer_release_is_read(topic: str) -> None:
    reader = READERS[topic]

    @settings(max_examples=10, deadline=None)
    @given(payloads(reader))
    def is_read(payload: dict[str, Any]) -> None:
        unchanged = {name: payload[name] for name in open_members(reader)}
        assert reader.read(extended(payload) | unchanged).model_dump(mode="json") == payload

    is_read()


@pytest.mark.parametrize("topic", READERS)
def test_an_event_is_made_of_no_member_that_it_lacks(topic: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        READERS[topic].event(**{ADDED: 1})
