"""What the audit log tells of an edit of a draft: from what to what, and of the client's words only how many."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from capecontrol.core.permissions import Role
from tests.features.audit.log import search
from tests.features.proposals.agency import LINES, Agency
from tests.people import People

WORKSHOP, SUPPORT = LINES
TRAINING = {**WORKSHOP, "description": "Training", "unit_price": {"amount": 100_000, "currency": "ZAR"}}


def _digest(text: str) -> dict[str, Any]:
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


async def _recorded(agency: Agency, people: People, edit: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return what the log has of an edit of a draft with such members."""
    draft = await agency.draft(**members)
    answer = await agency.operator.client.patch(f"/api/proposals/{draft['id']}", edit)
    assert answer.status_code == 200, answer.text
    [event] = await search(await people.person(Role.AUDITOR), action="proposal.updated")
    return dict(event["metadata"])


async def test_a_new_title_is_told_from_what_to_what(agency: Agency, people: People) -> None:
    told = await _recorded(agency, people, {"title": "Order intake"})
    assert (told["before"], told["after"]) == ({"title": "Lead capture"}, {"title": "Order intake"})
    assert (told["title"], told["version"], told["total"], told["currency"]) == ("Order intake", 1, 2_127_500, "ZAR")
    assert "changed_lines" not in told


async def test_a_new_total_is_told_in_minor_units_with_the_number_of_lines(agency: Agency, people: People) -> None:
    told = await _recorded(agency, people, {"line_items": [WORKSHOP, SUPPORT, TRAINING]})
    assert told["before"] == {"total": 2_127_500, "lines": 2}
    assert told["after"] == {"total": 2_242_500, "lines": 3}
    assert (told["currency"], told["changed_lines"]) == ("ZAR", 1)
    assert "Training" not in str(told)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([WORKSHOP], 1),
        ([TRAINING, WORKSHOP, SUPPORT], 1),
        ([{**WORKSHOP, "description": "A longer workshop"}, SUPPORT], 1),
        ([TRAINING], 2),
        ([SUPPORT, WORKSHOP], 2),
        ([WORKSHOP, WORKSHOP, SUPPORT], 1),
    ],
    ids=["removed", "added above", "reworded", "replaced", "swapped", "doubled"],
)
async def test_it_is_told_how_many_lines_changed(
    agency: Agency, people: People, lines: list[dict[str, Any]], count: int
) -> None:
    assert (await _recorded(agency, people, {"line_items": lines}))["changed_lines"] == count


async def test_a_new_currency_is_told_on_both_sides(agency: Agency, people: People) -> None:
    euros = [{**line, "unit_price": {**line["unit_price"], "currency": "EUR"}} for line in LINES]
    told = await _recorded(agency, people, {"line_items": euros})
    assert (told["before"], told["after"]) == ({"currency": "ZAR"}, {"currency": "EUR"})
    assert told["currency"] == "EUR"


async def test_summary_and_terms_are_told_by_length_and_digest(agency: Agency, people: People) -> None:
    told = await _recorded(agency, people, {"summary": "Two phases", "terms": "Half now"}, summary="One phase")
    assert told["before"] == {"summary": _digest("One phase"), "terms": ""}
    assert told["after"] == {"summary": _digest("Two phases"), "terms": _digest("Half now")}


async def test_all_else_that_is_agreed_on_is_told(agency: Agency, people: People) -> None:
    until = (datetime.now(UTC) + timedelta(days=20)).replace(microsecond=0)
    deposit = {"amount": 500_000, "currency": "ZAR"}
    told = await _recorded(agency, people, {"valid_until": until.isoformat(), "deposit": deposit})
    assert told["before"] == {"valid_until": None, "deposit": None}
    assert told["after"] == {"valid_until": until.isoformat(), "deposit": {"amount": 500_000}}


async def test_prices_that_contain_tax_from_now_on_are_told(agency: Agency, people: People) -> None:
    told = await _recorded(agency, people, {"tax_inclusive": True})
    assert told["before"] == {"total": 2_127_500, "tax_inclusive": False}
    assert told["after"] == {"total": 1_850_000, "tax_inclusive": True}
    assert "changed_lines" not in told
