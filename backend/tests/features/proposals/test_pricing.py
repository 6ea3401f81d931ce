"""The arithmetic: known results, and what holds for all."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capecontrol.features.proposals.pricing import LineItem, add_up, price_line, price_lines

VAT = Decimal("15.00")

quantities = st.integers(1, 9_999_999_999).map(lambda n: Decimal(n).scaleb(-4))
rates = st.integers(0, 10_000).map(lambda n: Decimal(n).scaleb(-2))
items = st.builds(LineItem, st.just("work"), quantities, st.integers(0, 1_000_000_000), rates, st.booleans())


def item(quantity: str, unit_price: int, rate: Decimal = VAT, *, optional: bool = False) -> LineItem:
    return LineItem("work", Decimal(quantity), unit_price, rate, optional)


@pytest.mark.parametrize(
    ("count", "price", "tax"),
    # Rounded once for the document these would be 4.52 and 11.94.
    [(3, 1005, 453), (4, 1990, 1196)],
)
def test_tax_is_rounded_for_each_line(count: int, price: int, tax: int) -> None:
    lines = price_lines([item("1", price)] * count, tax_inclusive=False)

    assert add_up(lines).tax == tax


def test_an_hour_and_a_half_is_rounded_once_half_up() -> None:
    line = price_line(item("1.5", 33333), tax_inclusive=False)

    assert line.net == 50000
    assert line.tax == 7500
    assert line.gross == 57500


def test_halves_go_up_and_not_to_even() -> None:
    assert price_line(item("0.5", 1, Decimal(0)), tax_inclusive=False).net == 1
    assert price_line(item("2.5", 1, Decimal(0)), tax_inclusive=False).net == 3


def test_an_inclusive_price_contains_its_tax() -> None:
    line = price_line(item("1", 11500), tax_inclusive=True)

    assert (line.net, line.tax, line.gross) == (10000, 1500, 11500)


def test_optional_lines_are_not_charged() -> None:
    totals = add_up(price_lines([item("1", 10000), item("1", 99999, optional=True)], tax_inclusive=False))

    assert (totals.subtotal, totals.tax, totals.total) == (10000, 1500, 11500)


@given(items, st.booleans())
def test_net_and_tax_are_the_gross_amount(line_item: LineItem, tax_inclusive: bool) -> None:
    line = price_line(line_item, tax_inclusive=tax_inclusive)

    assert line.net + line.tax == line.gross
    assert line.net >= 0
    assert line.tax >= 0


@given(items)
def test_no_rounding_is_off_by_more_than_half_a_cent(line_item: LineItem) -> None:
    line = price_line(line_item, tax_inclusive=False)
    exact = Fraction(line_item.quantity) * line_item.unit_price

    assert abs(line.net - exact) <= Fraction(1, 2)
    assert abs(line.tax - line.net * Fraction(line_item.tax_rate) / 100) <= Fraction(1, 2)


@given(items)
def test_an_inclusive_price_is_what_the_client_reads(line_item: LineItem) -> None:
    line = price_line(line_item, tax_inclusive=True)
    exact = Fraction(line_item.quantity) * line_item.unit_price

    assert abs(line.gross - exact) <= Fraction(1, 2)


@given(st.lists(items, max_size=20), st.booleans())
def test_the_total_is_the_sum_of_what_is_charged(line_items: list[LineItem], tax_inclusive: bool) -> None:
    lines = price_lines(line_items, tax_inclusive=tax_inclusive)

    assert add_up(lines).total == sum(line.gross for line in lines if not line.is_optional)
