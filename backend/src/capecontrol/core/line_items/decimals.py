"""Exact decimals of lines in bodies: text such as ``"1.5"``, or a JSON number; never a float inside."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema


def _exact(digits: int, places: int, complaint: str) -> Callable[[object], Decimal]:
    shape = re.compile(rf"\d{{1,{digits}}}(\.\d{{1,{places}}})?", re.ASCII)

    def read(value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(complaint)
        # ``repr`` of a float is the shortest text that means it: what the client wrote.
        text = value if isinstance(value, str) else repr(value)
        if not shape.fullmatch(text):
            raise ValueError(complaint)
        return Decimal(text)

    return read


def _positive(value: Decimal) -> Decimal:
    if value <= 0:
        raise ValueError("enter a quantity above zero")
    return value


def _quantity(value: object) -> Decimal:
    return _positive(
        _exact(7, 4, "enter a positive number with up to 7 digits and 4 decimal places, such as 1.5")(value)
    )


def _rate(value: object) -> Decimal:
    rate = _exact(3, 2, "enter a rate from 0 to 100 per cent with up to two decimal places, such as 15.00")(value)
    if rate > 100:
        raise ValueError("enter a rate from 0 to 100 per cent")
    return rate.quantize(Decimal("0.01"))


#: How many: more than zero, at most seven digits and four decimals.
Quantity = Annotated[
    Decimal,
    BeforeValidator(_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(?=.*[1-9])\d{1,7}(\.\d{1,4})?$"},
                {"type": "integer", "minimum": 1, "maximum": 9_999_999},
            ],
            "examples": ["1", "1.5"],
            "description": "A decimal with at most four places, as a string or a number.",
        }
    ),
]
#: A rate of tax in per cent.
TaxRate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$"},
                {"type": "integer", "minimum": 0, "maximum": 100},
            ],
            "examples": ["15.00"],
            "description": "A rate in per cent with at most two decimal places.",
        }
    ),
]


def plain(value: Decimal) -> str:
    """Write a decimal without needless zeros and without an exponent: ``1``, ``1.5``, ``1200``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
