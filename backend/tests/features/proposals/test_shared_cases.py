"""The cases that server and front end share, over HTTP and on paper: each comes out in its own currency."""

from typing import Any

import pytest

from tests.core.line_items.vectors import CASES, NAMES
from tests.features.proposals.agency import Agency

#: How a document writes the totals of the cases that have no cents, or have more than two decimals.
PRINTED = {
    "yen have no minor unit": "JP¥2,718",
    "yen, tax inside": "JP¥2,502",
    "dinars have three decimals": "BHD\u00a04.857",
    "dinars, tax inside": "BHD\u00a010.001",
}


def body_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return the members of a draft."""
    return {
        "tax_inclusive": case["tax_inclusive"],
        "line_items": [
            {
                "description": "work",
                "quantity": line["quantity"],
                "unit_price": {"amount": line["unit_price"], "currency": case["currency"]},
                "tax_rate": line["tax_rate"],
                "optional": line["optional"],
            }
            for line in case["lines"]
        ],
    }


async def test_the_api_answers_what_the_cases_say(agency: Agency) -> None:
    for case in CASES:
        draft = await agency.draft(**body_of(case))

        def money(amount: int, currency: str = case["currency"]) -> dict[str, Any]:
            return {"amount": amount, "currency": currency}

        sums = [draft[name] for name in ("subtotal", "tax", "total")]
        assert sums == [money(case[name]) for name in ("subtotal", "tax", "total")], case["name"]
        assert [[line[name] for name in ("amount", "net", "tax")] for line in draft["line_items"]] == [
            [money(line[name]) for name in ("amount", "net", "tax")] for line in case["lines"]
        ], case["name"]


@pytest.mark.parametrize("case", [case for case in CASES if case["name"] in PRINTED], ids=lambda case: case["name"])
async def test_a_document_writes_each_currency_with_its_own_decimals(agency: Agency, case: dict[str, Any]) -> None:
    draft = await agency.draft(**body_of(case))

    paper = await agency.operator.client.get(f"/api/proposals/{draft['id']}/pdf")

    assert PRINTED[case["name"]] in paper.text


def test_every_case_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(PRINTED) <= set(NAMES)
