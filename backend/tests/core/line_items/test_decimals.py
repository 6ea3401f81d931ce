"""Decimals of lines: what a body says exactly, and what is a decimal already."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from capecontrol.core.line_items.decimals import Quantity, TaxRate

QUANTITY: TypeAdapter[Decimal] = TypeAdapter(Quantity)
RATE: TypeAdapter[Decimal] = TypeAdapter(TaxRate)


@pytest.mark.parametrize(("sent", "meant"), [("1.50", "1.50"), (2, "2"), (0.1, "0.1")])
def test_a_quantity_is_what_was_written(sent: Any, meant: str) -> None:
    assert str(QUANTITY.validate_python(sent)) == meant


def test_a_decimal_is_taken_as_it_is() -> None:
    """Our own code passes on what it has read: a text of it might be in another form, such as 1E+1."""
    for quantity in (Decimal("1.50"), Decimal("1E+1")):
        assert QUANTITY.validate_python(quantity) is quantity
    assert str(RATE.validate_python(Decimal(15))) == "15.00"


@pytest.mark.parametrize(
    ("kind", "value", "complaint"),
    [
        (QUANTITY, Decimal(0), "above zero"),
        (QUANTITY, Decimal(-1), "above zero"),
        (RATE, Decimal("100.01"), "from 0 to 100"),
    ],
)
def test_a_decimal_has_the_bounds_of_all_others(kind: TypeAdapter[Decimal], value: Decimal, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        kind.validate_python(value)
