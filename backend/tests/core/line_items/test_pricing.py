"""The arithmetic: known results, and what holds for all."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capecontrol.core.line_items.pricing import (
    Discount,
    DiscountTooLarge,
    LineItem,
    PricedLine,
    add_up,
    price_line,
    price_lines,
)
from capecontrol.core.line_items.tax_table import tax_table

VAT = Decimal("15.00")

quantities = st.integers(1, 99_999_999_999).map(lambda n: Decimal(n).scaleb(-4))
rates = st.integers(0, 10_000).map(lambda n: Decimal(n).scaleb(-2))
prices = st.integers(0, 1_000_000_000_000)
items = st.builds(LineItem, st.just("work"), quantities, prices, rates, st.booleans())
part_off = st.builds(Discount, rate=rates)
discounted = st.builds(
    LineItem, st.just("work"), quantities, prices, rates, st.booleans(), st.none(), st.none() | part_off
)


def item(quantity: str, unit_price: int, rate: Decimal = VAT, *, optional: bool = False) -> LineItem:
    return LineItem("work", Decimal(quantity), unit_price, rate, optional)


@given(discounted, st.booleans())
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
    contained = line.gross * Fraction(line_item.tax_rate) / (100 + Fraction(line_item.tax_rate))

    assert abs(line.gross - exact) <= Fraction(1, 2)
    assert abs(line.tax - contained) <= Fraction(1, 2)


@given(st.lists(discounted, max_size=20), st.booleans())
def test_the_total_is_the_sum_of_what_is_charged(line_items: list[LineItem], tax_inclusive: bool) -> None:
    lines = price_lines(line_items, tax_inclusive=tax_inclusive)
    charged = [line for line in lines if not line.is_optional]

    totals, table = add_up(lines), tax_table(lines)

    assert totals.total == totals.subtotal + totals.tax == sum(line.gross for line in charged)
    assert (sum(row.net for row in table), sum(row.tax for row in table)) == (totals.subtotal, totals.tax)
    assert {row.rate for row in table} == {line.tax_rate for line in charged}


@given(st.lists(discounted, max_size=10), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_sum(line_items: list[LineItem], tax_inclusive: bool, random: Random) -> None:
    lines = price_lines(line_items, tax_inclusive=tax_inclusive)
    shuffled = random.sample(lines, len(lines))

    assert add_up(shuffled) == add_up(lines)
    assert tax_table(shuffled) == tax_table(lines)


@given(discounted, st.booleans())
def test_what_came_off_and_what_is_left_are_the_price(line_item: LineItem, tax_inclusive: bool) -> None:
    line = price_line(line_item, tax_inclusive=tax_inclusive)
    full = price_line(without_discount(line_item), tax_inclusive=tax_inclusive)

    assert line.amount + line.discount_amount == full.amount
    assert 0 <= line.discount_amount <= full.amount
    assert line.tax <= full.tax


@given(items, st.booleans(), st.data())
def test_an_amount_comes_off_and_never_more_than_the_price(
    line_item: LineItem, tax_inclusive: bool, data: st.DataObject
) -> None:
    full = price_line(line_item, tax_inclusive=tax_inclusive)
    amount = data.draw(st.integers(0, full.amount))

    line = price_line(replace(line_item, discount=Discount(amount=amount)), tax_inclusive=tax_inclusive)

    assert (line.discount_amount, line.amount) == (amount, full.amount - amount)
    with pytest.raises(DiscountTooLarge):
        price_line(replace(line_item, discount=Discount(amount=full.amount + 1)), tax_inclusive=tax_inclusive)


@pytest.mark.parametrize(
    ("discount", "tax_inclusive", "amounts"),
    [
        # Ten per cent of 333.33 is 33.333: 33.33 comes off, tax is on the 300.00 that are left.
        (Discount(rate=Decimal("10.00")), False, (3333, 30000, 4500)),
        (Discount(amount=3333), False, (3333, 30000, 4500)),
        # Inclusive: what comes off holds its tax, too.
        (Discount(rate=Decimal("10.00")), True, (3333, 26087, 3913)),
        (Discount(rate=Decimal("100.00")), False, (33333, 0, 0)),
        (Discount(amount=33333), True, (33333, 0, 0)),
    ],
)
def test_a_discount_comes_off_before_tax(
    discount: Discount, tax_inclusive: bool, amounts: tuple[int, int, int]
) -> None:
    line = price_line(replace(item("1", 33333), discount=discount), tax_inclusive=tax_inclusive)

    assert (line.discount_amount, line.net, line.tax) == amounts


def test_half_a_cent_comes_off_whole() -> None:
    line = price_line(replace(item("1", 1000), discount=Discount(rate=Decimal("0.05"))), tax_inclusive=False)

    assert (line.discount_amount, line.net) == (1, 999)


@pytest.mark.parametrize(
    "members",
    [{}, {"rate": Decimal(10), "amount": 1}, {"rate": Decimal("100.01")}, {"rate": Decimal(-1)}, {"amount": -1}],
)
def test_what_is_no_discount_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a discount is"):
        Discount(**members)


@given(discounted, st.booleans())
def test_a_priced_line_knows_what_was_written(line_item: LineItem, tax_inclusive: bool) -> None:
    line = price_line(line_item, tax_inclusive=tax_inclusive)

    assert line.to_item() == line_item
    assert not isinstance(line.to_item(), PricedLine)


def without_discount(line_item: LineItem) -> LineItem:
    return replace(line_item, discount=None)
