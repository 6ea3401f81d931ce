"""What the audit log tells of a change of the business: which part of it, and bank details but for the number."""

from typing import Any

import pytest

from capecontrol.core.permissions import Role
from capecontrol.features.business.models import BusinessRecord
from capecontrol.main.features import audit_areas
from tests.client import Client
from tests.features.audit.log import search
from tests.features.business.test_business import BANK, audited
from tests.people import People

UNEDITED = {"id", "created_at", "updated_at", "revision"}
FRONT_DOOR = {"headline": "Less typing", "offers": [{"title": "Reports", "text": "Ready.", "picture": None}]}


def _title(*members: str) -> str:
    values = dict.fromkeys(members, "x")
    return audit_areas().title("business.updated", {"before": values, "after": values})


@pytest.mark.parametrize(
    ("members", "title"),
    [
        (["bank"], "Changed the bank details"),
        (["accent"], "Changed the brand colour"),
        (["accent", "accent_dark"], "Changed the brand colour"),
        (["logo"], "Changed the logo"),
        (["logo", "accent"], "Changed the brand"),
        (["name"], "Changed the business name"),
        (["address"], "Changed the business address"),
        (["address", "country"], "Changed the business address"),
        (["name", "address"], "Changed the business’s name and address"),
        (["registration_number", "tax_number"], "Changed the registration details"),
        (["name", "tax_number"], "Changed the business’s name and address"),
        (["email"], "Changed the contact details"),
        (["phone", "website"], "Changed the contact details"),
        (["name", "email"], "Changed the business details"),
        (["number_format", "timezone"], "Changed the formats"),
        (["currency", "default_terms", "days_to_pay", "tax_name"], "Changed prices and terms"),
        (["default_tax"], "Changed prices and terms"),
        (["front_door"], "Changed the home page"),
        (["bank", "days_to_pay"], "Changed the business details"),
        (["name", "front_door"], "Changed the business details"),
        (["a_member_of_a_later_release"], "Changed the business details"),
        ([], "Changed the business details"),
    ],
    ids=str,
)
def test_a_change_is_worded_by_what_changed(members: list[str], title: str) -> None:
    assert _title(*members) == title


def test_rows_without_members_are_worded_all_the_same() -> None:
    assert audit_areas().title("business.updated", {}) == "Changed the business details"


def test_each_member_of_the_business_has_its_words() -> None:
    members = {column.key for column in BusinessRecord.__table__.columns} - UNEDITED
    assert [member for member in sorted(members) if _title(member) == "Changed the business details"] == []


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({"accent": "#7a1f5c"}, "Changed the brand colour"),
        ({"address": "1 Dock Road"}, "Changed the business address"),
        ({"front_door": FRONT_DOOR}, "Changed the home page"),
    ],
)
async def test_the_log_says_what_was_changed(people: People, body: dict[str, Any], title: str) -> None:
    answer = await (await people.operator()).client.patch("/api/business", body)
    assert answer.status_code == 200, answer.text
    [event] = await search(await people.person(Role.AUDITOR), action="business.updated")
    assert event["title"] == title


async def _bank(client: Client, **members: str) -> None:
    answer = await client.put("/api/business/bank-details", {"bank": {**BANK, **members}})
    assert answer.status_code == 200, answer.text


async def test_of_bank_details_only_the_number_is_masked(people: People) -> None:
    client = (await people.operator()).client
    await _bank(client, branch_code="250655", note="Quote the invoice number.")
    await _bank(client, number="NL20 INGB 0001 2345 67", bank_name="ING")

    first, second = await audited(people, "business.updated")

    told = {**BANK, "number": "ending 300", "branch_code": "250655", "note": "Quote the invoice number."}
    assert first == {"before": {"bank": None}, "after": {"bank": told}}
    assert second["before"]["bank"] == told
    assert second["after"]["bank"]["bank_name"] == "ING"
    assert second["after"]["bank"]["number"] == "ending 567"
    assert "INGB" not in str([first, second])


@pytest.mark.parametrize("number", ["6201", "62012345"])
async def test_a_short_number_is_masked_entirely(people: People, number: str) -> None:
    client = (await people.operator()).client
    await _bank(client, number=number)
    assert (await audited(people, "business.updated"))[0]["after"]["bank"]["number"] == "not shown"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("62012345678", "71099999678", ("ending 678", "another number, ending 678")),
        ("6201", "6202", ("not shown", "another number, not shown")),
    ],
)
async def test_another_number_with_the_same_end_is_told_as_another(
    people: People, was: str, now: str, told: tuple[str, str]
) -> None:
    client = (await people.operator()).client
    await _bank(client, number=was)
    await _bank(client, number=now)
    last = (await audited(people, "business.updated"))[-1]
    assert (last["before"]["bank"]["number"], last["after"]["bank"]["number"]) == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("In EUR: NL91 ABNA 0417 1643 00, BIC ABNANL2A", "In EUR: (number ending 300), BIC ABNANL2A"),
        ("In USD: 6201 2345 678.", "In USD: (number ending 678)."),
        ("In GBP: GB33BUKB20201555555555", "In GBP: (number ending 555)"),
        ("Within 14 days, quoting INV-2026-001", "Within 14 days, quoting INV-2026-001"),
    ],
)
async def test_a_number_within_other_bank_details_is_masked_too(people: People, note: str, told: str) -> None:
    client = (await people.operator()).client
    await _bank(client, note=note, account_name=f"Harbour {note}"[:140])
    after = (await audited(people, "business.updated"))[0]["after"]["bank"]
    assert (after["note"], after["account_name"]) == (told, f"Harbour {told}")
