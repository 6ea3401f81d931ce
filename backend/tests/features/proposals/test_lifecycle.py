"""The proposal's transition table, as a table, and what time does to it."""

from datetime import UTC, datetime, timedelta

import pytest

from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at

END = datetime(2026, 12, 5, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "following"),
    [
        ("DRAFT", ["SENT"]),
        ("SENT", ["APPROVED", "CHANGES_REQUESTED", "DECLINED", "EXPIRED"]),
        ("CHANGES_REQUESTED", ["SUPERSEDED"]),
        ("APPROVED", []),
        ("DECLINED", []),
        ("EXPIRED", []),
        ("SUPERSEDED", []),
    ],
)
def test_each_status_leads_to_these(status: str, following: list[str]) -> None:
    assert list(allowed_from(ProposalStatus(status))) == following


def test_what_was_sent_ends_at_its_last_moment() -> None:
    sent = ProposalStatus.SENT
    assert status_at(sent, END, END - timedelta(microseconds=1)) == "SENT"
    assert status_at(sent, END, END) == "EXPIRED"
    assert status_at(sent, None, END) == "SENT"


@pytest.mark.parametrize("status", [s for s in ProposalStatus if s is not ProposalStatus.SENT])
def test_time_changes_nothing_else(status: ProposalStatus) -> None:
    assert status_at(status, END, END + timedelta(days=400)) == status
