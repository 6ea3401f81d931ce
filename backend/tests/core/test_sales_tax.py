"""Which rate counts on a day: what holds for all rates."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from capecontrol.core.business import Business
from capecontrol.core.sales_tax import SalesTaxRate, rates_on

#: Close together, so that rates begin and end on the day that is asked for.
days = st.integers(0, 12).map(lambda number: date(2026, 11, 1) + timedelta(days=number))
taxes = st.sampled_from(["VAT", "vat", "Levy"])


@st.composite
def rates(draw: st.DrawFn) -> SalesTaxRate:
    begin = draw(days)
    length = draw(st.none() | st.integers(0, 6))
    end = None if length is None else begin + timedelta(days=length)
    return SalesTaxRate(draw(taxes), Decimal(draw(st.integers(0, 100))), begin, end)


histories = st.lists(rates(), max_size=8, unique_by=lambda rate: (rate.name, rate.valid_from))


@given(histories, days)
def test_what_counts_has_begun_has_not_ended_and_is_followed_by_none(history: list[SalesTaxRate], day: date) -> None:
    for name, rate in rates_on(history, day).items():
        assert rate.name == name
        assert rate.valid_from <= day
        assert rate.valid_until is None or rate.valid_until >= day
        assert not [later for later in history if later.name == name and rate.valid_from < later.valid_from <= day]


@given(histories, days)
def test_a_tax_without_a_rate_has_none_that_begun_or_the_newest_ended(history: list[SalesTaxRate], day: date) -> None:
    for name in {rate.name for rate in history} - rates_on(history, day).keys():
        begun = [rate for rate in history if rate.name == name and rate.valid_from <= day]
        newest = max(begun, key=lambda rate: rate.valid_from, default=None)
        assert newest is None or (newest.valid_until is not None and newest.valid_until < day)


@given(histories, days, st.randoms())
def test_the_order_in_which_rates_were_added_decides_nothing(
    history: list[SalesTaxRate], day: date, random: Random
) -> None:
    shuffled = random.sample(history, len(history))
    assert rates_on(shuffled, day) == rates_on(history, day)


@given(histories, days, st.none() | taxes, taxes)
def test_new_lines_start_with_the_marked_tax_whatever_documents_call_it(
    history: list[SalesTaxRate], day: date, default: str | None, called: str
) -> None:
    business = Business(tax_rates=tuple(history), default_tax=default, tax_name=called)
    marked = rates_on(history, day).get(default) if default else None
    assert business.tax_rate_on(day) == (marked.rate if marked else None)
