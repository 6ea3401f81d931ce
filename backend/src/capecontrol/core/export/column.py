"""The columns of an export: what PostgreSQL writes into a cell, so that a spreadsheet shows it and runs none of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    SQLColumnExpression,
    Text,
    case,
    cast,
    func,
    literal_column,
)

from capecontrol.core.money import CURRENCIES, currency_exponent

#: What a formula may begin with, also in its wide, small, raised and lowered forms: whatever a program that normalizes
#: text (NFKC) reads as one of ``= + - @``.
FORMULA_STARTS = "=+-@" + "\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
#: What a program may skip before a formula: controls, blanks of all widths, and what has no width at all.
_SKIPPED = r"\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_STARTS = "".join(f"\\u{ord(start):04x}" for start in FORMULA_STARTS)
#: A cell that begins so is shown as text (OWASP, CSV injection). A tab, or the end of a line, may begin another cell.
_FORMULA = literal_column(rf"'^(?:[\u0009\u000a\u000d]|[{_SKIPPED}]*[{_STARTS}])'", Text)
_APOSTROPHE = literal_column("''''", Text)
_MOMENT = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""", Text)
_DAY = literal_column("'YYYY-MM-DD'", Text)
_UTC = literal_column("'UTC'", Text)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name in the first row, and what PostgreSQL writes below it."""

    name: str
    written: ColumnElement[Any]

    @classmethod
    def text(cls, name: str, value: SQLColumnExpression[Any]) -> "Column":
        """Return a column of what people or programs wrote: what would be run as a formula is shown as text."""
        shown = cast(value, Text)
        return cls(name, case((shown.op("~")(_FORMULA), _APOSTROPHE.concat(shown)), else_=shown))

    @classmethod
    def own(cls, name: str, value: SQLColumnExpression[Any]) -> "Column":
        """Return a column of our own words, numbers and ids, which nobody else can write."""
        return cls(name, cast(value, Text))

    @classmethod
    def moment(cls, name: str, value: SQLColumnExpression[Any]) -> "Column":
        """Return a column of times, in UTC (ISO 8601)."""
        return cls(name, func.to_char(func.timezone(_UTC, value), _MOMENT))

    @classmethod
    def day(cls, name: str, value: SQLColumnExpression[Any]) -> "Column":
        """Return a column of days (ISO 8601)."""
        return cls(name, func.to_char(value, _DAY))

    @classmethod
    def flag(cls, name: str, value: SQLColumnExpression[Any]) -> "Column":
        """Return a column of what is so or is not; empty where nobody knows."""
        words = {True: literal_column("'yes'", Text), False: literal_column("'no'", Text)}
        return cls(name, case(*((value.is_(kind), word) for kind, word in words.items())))

    @classmethod
    def amount(cls, name: str, minor: SQLColumnExpression[Any], currency: SQLColumnExpression[Any]) -> "Column":
        """Return a column of money in major units (``209875.58``), with the decimals that the currency has."""
        exponents = {currency_exponent(code) for code in CURRENCIES} - {2}
        written = [(_is_one_of(currency, exponent), _scaled(minor, exponent)) for exponent in sorted(exponents)]
        return cls(name, case(*written, else_=_scaled(minor, 2)))


def _is_one_of(currency: SQLColumnExpression[Any], exponent: int) -> ColumnElement[bool]:
    codes = sorted(code for code in CURRENCIES if currency_exponent(code) == exponent)
    return currency.in_([literal_column(f"'{code}'", Text) for code in codes])


def _scaled(minor: SQLColumnExpression[Any], exponent: int) -> ColumnElement[Any]:
    divisor = literal_column(f"1{'0' * exponent}", Numeric)
    return cast(cast(cast(minor, Numeric) / divisor, Numeric(38, exponent)), Text)
