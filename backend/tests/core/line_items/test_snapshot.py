"""Stored lines: what one release wrote, every later one reads, and 0.1.0 reads what is written today."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capecontrol.core.line_items.pricing import Discount, LineItem, price_line, price_lines
from capecontrol.core.line_items.snapshot import UnknownVersion, read_lines, write_lines
from tests.core.line_items.test_pricing import discounted, items

#: As 0.1.0 stored them. These texts never change.
OF_A_PROPOSAL = """
[{"description": "Support, hours", "quantity": "1.5", "unit_price": 33333, "tax_rate": "15.00", "optional": true,
  "net": 50000, "tax": 7500}]
"""
OF_AN_INVOICE = """
[{"description": "Support, hours", "quantity": "1.0", "unit_price": 11500, "tax_rate": "15.00", "tax_inclusive": true,
  "net": 10000, "tax": 1500}]
"""
#: As they are stored since: with everything, and with nothing that may be absent.
OF_VERSION_2 = """
[{"version": 2, "description": "Support", "quantity": "1.5", "unit": "hours", "unit_price": 33333, "tax_rate": "15.00",
  "optional": false, "tax_inclusive": false, "discount": {"rate": "10.00"}, "discount_amount": 5000, "net": 45000,
  "tax": 6750},
 {"version": 2, "description": "Workshop", "quantity": "1", "unit_price": 11500, "tax_rate": "0.00", "optional": true,
  "tax_inclusive": true, "discount_amount": 0, "net": 11500, "tax": 0}]
"""


@pytest.mark.parametrize("tax_inclusive", [False, True])
def test_a_proposals_lines_of_the_first_release_are_read(tax_inclusive: bool) -> None:
    [line] = read_lines(json.loads(OF_A_PROPOSAL), tax_inclusive=tax_inclusive)

    assert line.to_item() == LineItem("Support, hours", Decimal("1.5"), 33333, Decimal("15.00"), is_optional=True)
    assert (line.net, line.tax, line.discount_amount) == (50000, 7500, 0)
    assert (line.is_tax_inclusive, line.amount) == (tax_inclusive, 57500 if tax_inclusive else 50000)


def test_an_invoices_lines_of_the_first_release_are_read() -> None:
    [line] = read_lines(json.loads(OF_AN_INVOICE))

    assert line.to_item() == LineItem("Support, hours", Decimal("1.0"), 11500, Decimal("15.00"))
    assert (line.net, line.tax, line.amount) == (10000, 1500, 11500)


def test_what_a_line_of_the_first_release_says_itself_holds() -> None:
    [line] = read_lines(json.loads(OF_AN_INVOICE), tax_inclusive=False)

    assert (line.is_tax_inclusive, line.amount) == (True, 11500)


def test_lines_of_version_2_are_read_and_written() -> None:
    stored = json.loads(OF_VERSION_2)

    support, workshop = read_lines(stored)

    assert support == price_line(
        LineItem("Support", Decimal("1.5"), 33333, Decimal("15.00"), False, "hours", Discount(rate=Decimal("10.00"))),
        tax_inclusive=False,
    )
    assert workshop == price_line(
        LineItem("Workshop", Decimal(1), 11500, Decimal("0.00"), is_optional=True), tax_inclusive=True
    )
    assert write_lines([support, workshop]) == stored


@given(st.lists(discounted, max_size=5), st.booleans())
def test_what_is_written_is_read_again(line_items: list[LineItem], tax_inclusive: bool) -> None:
    lines = price_lines(line_items, tax_inclusive=tax_inclusive)

    assert read_lines(json.loads(json.dumps(write_lines(lines)))) == lines


@given(items, st.booleans())
def test_the_first_release_reads_what_is_written_today(line_item: LineItem, tax_inclusive: bool) -> None:
    """A rollback needs no downgrade: all that 0.1.0 read of a proposal's or an invoice's line is there, in its form."""
    line = price_line(line_item, tax_inclusive=tax_inclusive)

    [stored] = write_lines([line])

    of_0_1_0: dict[str, Any] = {
        "description": line.description,
        "quantity": str(line.quantity),
        "unit_price": line.unit_price,
        "tax_rate": str(line.tax_rate),
        "optional": line.is_optional,
        "tax_inclusive": tax_inclusive,
        "net": line.net,
        "tax": line.tax,
    }
    assert stored == {**of_0_1_0, "version": 2, "discount_amount": 0}


def test_a_later_version_is_not_guessed_at() -> None:
    with pytest.raises(UnknownVersion):
        read_lines([{**json.loads(OF_VERSION_2)[0], "version": 3}])
