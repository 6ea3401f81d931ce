"""Amounts, figures and dates are written as the shared cases say; ``formats.test.ts`` reads the same file."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from capecontrol.core.formats import DateFormat, Formats, NumberFormat, currency_sign
from capecontrol.core.money import CURRENCIES, Money

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())


def test_every_currency_has_its_sign() -> None:
    assert {currency: currency_sign(currency, "ZAR") for currency in CURRENCIES} == CASES["signs"]


@pytest.mark.parametrize("case", CASES["money"])
def test_money(case: dict[str, Any]) -> None:
    formats = Formats(number_format=NumberFormat(case["number"]), currency=case["home"])
    assert formats.money(Money(case["amount"], case["currency"])) == case["written"]


@pytest.mark.parametrize("case", CASES["quantities"])
def test_quantities_have_no_needless_zeros(case: dict[str, Any]) -> None:
    assert Formats(number_format=NumberFormat(case["number"])).quantity(Decimal(case["quantity"])) == case["written"]


@pytest.mark.parametrize("case", CASES["rates"])
def test_rates_have_no_needless_zeros(case: dict[str, Any]) -> None:
    assert Formats(number_format=NumberFormat(case["number"])).rate(Decimal(case["rate"])) == case["written"]


@pytest.mark.parametrize("case", CASES["days"])
def test_days(case: dict[str, Any]) -> None:
    formats, day = Formats(date_format=DateFormat(case["date"])), date.fromisoformat(case["day"])
    assert formats.day(day) == case["written"]


@pytest.mark.parametrize("case", CASES["moments"])
def test_an_instant_is_written_where_the_business_is(case: dict[str, Any]) -> None:
    formats = Formats(date_format=DateFormat(case["date"]), timezone=ZoneInfo(case["timezone"]))
    assert formats.moment(datetime.fromisoformat(case["at"])) == case["written"]
    assert case["written"].startswith(formats.date_of(datetime.fromisoformat(case["at"])) + ", ")
