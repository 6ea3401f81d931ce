"""The arithmetic gives what the shared cases say; ``pricing.test.ts`` reads the same file."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from capecontrol.core.line_items.decimals import Quantity, TaxRate
from capecontrol.core.line_items.pricing import LineItem, add_up, price_lines
from capecontrol.core.line_items.tax_table import tax_table
from tests.core.line_items.vectors import CASES, NAMES, QUANTITIES, TAX_RATES

quantity: TypeAdapter[Decimal] = TypeAdapter(Quantity)
tax_rate: TypeAdapter[Decimal] = TypeAdapter(TaxRate)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_shared_case_comes_out_as_it_says(case: dict[str, Any]) -> None:
    items = [
        LineItem("work", quantity.validate_python(line["quantity"]), line["unit_price"],
                 tax_rate.validate_python(line["tax_rate"]), line["optional"])
        for line in case["lines"]
    ]  # fmt: skip

    lines = price_lines(items, tax_inclusive=case["tax_inclusive"])

    assert [(line.amount, line.net, line.tax) for line in lines] == [
        (line["amount"], line["net"], line["tax"]) for line in case["lines"]
    ]
    totals = add_up(lines)
    assert (totals.subtotal, totals.tax, totals.total) == (case["subtotal"], case["tax"], case["total"])
    assert [{"rate": str(row.rate), "net": row.net, "tax": row.tax} for row in tax_table(lines)] == case["taxes"]


@pytest.mark.parametrize("text", QUANTITIES["taken"])
def test_a_quantity_is_read_exactly(text: str) -> None:
    assert quantity.validate_python(text) == Decimal(text)


@pytest.mark.parametrize("text", TAX_RATES["taken"])
def test_a_rate_is_read_exactly(text: str) -> None:
    assert tax_rate.validate_python(text) == Decimal(text)


@pytest.mark.parametrize("text", QUANTITIES["refused"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        quantity.validate_python(text)


@pytest.mark.parametrize("text", TAX_RATES["refused"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        tax_rate.validate_python(text)
