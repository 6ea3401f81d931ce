"""Money: whole minor units of one currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capecontrol.core.money import CURRENCIES, CurrencyMismatch, Money, currency_exponent, round_half_up

AMOUNTS = st.integers(-(2**53), 2**53)


@given(AMOUNTS, AMOUNTS)
def test_sums_within_a_currency_are_exact(one: int, other: int) -> None:
    total = Money(one, "ZAR") + Money(other, "ZAR")
    assert total == Money(one + other, "ZAR")
    assert total - Money(other, "ZAR") == Money(one, "ZAR")
    assert Money.zero("ZAR") + total == total


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "ZAR") + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        Money(1, "ZAR") - Money(0, "USD")


@pytest.mark.parametrize("code", ["", "zar", "ZA", "ZARR", "Z1R", "ZAR\n", "ЖЖЖ"])
def test_what_is_no_currency_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a currency code"):
        Money(1, code)


@pytest.mark.parametrize(
    ("amount", "currency", "major"),
    [
        (125_000, "ZAR", "1250.00"),
        (-1, "USD", "-0.01"),
        (1200, "JPY", "1200"),
        (4857, "BHD", "4.857"),
        (4857, "IQD", "4.857"),
        (0, "EUR", "0.00"),
        (2**53 - 1, "ZAR", "90071992547409.91"),
    ],
)
def test_minor_units_are_those_of_iso_4217(amount: int, currency: str, major: str) -> None:
    assert str(Money(amount, currency).to_decimal()) == major


def test_every_currency_has_its_minor_unit() -> None:
    assert {currency_exponent(code) for code in CURRENCIES} == {0, 2, 3}
    assert sum(currency_exponent(code) != 2 for code in CURRENCIES) == 23


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("-2.5", -3), ("2.4999999999", 2), ("-2.4999", -2), ("7", 7)],
)
def test_halves_are_rounded_away_from_zero(value: str, rounded: int) -> None:
    assert round_half_up(Decimal(value)) == rounded
