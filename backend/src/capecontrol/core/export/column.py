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
_STARTS = "".join(f"\\u{ord(start):04x}" for start in FORMULA_STARTS)
#: What parts cells or rows, elsewhere or here.
_PARTING = r"\u0009\u000a\u000d"
#: What else a program may skip before a formula: controls, blanks of all widths, and what has no width at all.
_BLANK = (
    r"\u0001-\u0008\u000b\u000c\u000e-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff"
)
#: A cell that begins so is shown as text (OWASP, CSV injection). A tab, or the end of a line, may begin another cell.
_AT_BEGINNING = rf"^(?:[{_PARTING}]|[{_BLANK}{_PARTING}]*[{_STARTS}])"
#: A formula behind what parts cells where semicolons or tabs do. Quoting keeps nothing together there: to such programs
#: a mark behind our comma is a letter.
_BEHIND_PARTING = rf"([;{_PARTING}])(?=[\u0022{_BLANK}]*[{_STARTS}])"
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
        # Hardly any text has one, so that all are looked through once, and only those few twice more.
        suspect = _quoted(f"{_AT_BEGINNING}|{_BEHIND_PARTING}")
        guarded = func.regexp_replace(shown, _quoted(_AT_BEGINNING), _quoted(r"''\&"))
        guarded = func.regexp_replace(guarded, _quoted(_BEHIND_PARTING), _quoted(r"\1''"), _quoted("g"))
        return cls(name, case((shown.op("~")(suspect), guarded), else_=shown))

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


def _quoted(text: str) -> ColumnElement[str]:
    return literal_column(f"'{text}'", Text)


def _is_one_of(currency: SQLColumnExpression[Any], exponent: int) -> ColumnElement[bool]:
    codes = sorted(code for code in CURRENCIES if currency_exponent(code) == exponent)
    return currency.in_([literal_column(f"'{code}'", Text) for code in codes])


def _scaled(minor: SQLColumnExpression[Any], exponent: int) -> ColumnElement[Any]:
    divisor = literal_column(f"1{'0' * exponent}", Numeric)
    return cast(cast(cast(minor, Numeric) / divisor, Numeric(38, exponent)), Text)
