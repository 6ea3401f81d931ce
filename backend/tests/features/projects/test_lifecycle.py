"""The project's transition table, as a table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capecontrol.features.projects.lifecycle import ORDER, ProjectStatus, allowed_from, has_reached, is_allowed

STATUSES = st.sampled_from(ORDER)


@pytest.mark.parametrize(
    ("status", "following"),
    [
        ("DRAFT", ["PROPOSED"]),
        ("PROPOSED", ["APPROVED"]),
        ("APPROVED", ["IN_PROGRESS"]),
        ("IN_PROGRESS", ["COMPLETED"]),
        ("COMPLETED", ["ARCHIVED"]),
        ("ARCHIVED", []),
    ],
)
def test_each_status_leads_to_the_next_and_nowhere_else(status: str, following: list[str]) -> None:
    assert list(allowed_from(ProjectStatus(status))) == following
    legal = [str(to) for to in ORDER if is_allowed(ProjectStatus(status), to)]
    assert legal == following


@settings(deadline=None)
@given(STATUSES, STATUSES)
def test_an_override_goes_anywhere_but_where_it_is(source: ProjectStatus, target: ProjectStatus) -> None:
    assert is_allowed(source, target, override=True) is (source is not target)


@settings(deadline=None)
@given(STATUSES, STATUSES)
def test_of_two_states_one_has_reached_the_other(left: ProjectStatus, right: ProjectStatus) -> None:
    assert has_reached(left, right) or has_reached(right, left)
    assert (has_reached(left, right) and has_reached(right, left)) is (left is right)
