"""How an installation writes amounts, figures and dates: one way on pages, in mails, in documents and at checkout.

``frontend/src/ui/patterns/formats.ts`` writes the same; ``tests/core/formats/vectors.json`` holds the two together.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from capecontrol.core.money import Money, currency_exponent

NBSP = "\u00a0"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: What English writes a currency with (CLDR 48, ``en``); South Africa's rand as its businesses write it. Every other
#: currency is written with its code.
_SIGNS = {
    "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "ILS": "₪",
    "INR": "₹", "JPY": "JP¥", "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PHP": "₱", "TWD": "NT$", "USD": "US$",
    "VND": "₫", "XCD": "EC$", "ZAR": "R",
}  # fmt: skip


class NumberFormat(StrEnum):
    """How thousands and decimals are separated."""

    COMMA_POINT = "COMMA_POINT"
    POINT_COMMA = "POINT_COMMA"
    SPACE_COMMA = "SPACE_COMMA"
    SPACE_POINT = "SPACE_POINT"
    APOSTROPHE_POINT = "APOSTROPHE_POINT"

    @property
    def groups(self) -> str:
        """Return what parts groups of three digits."""
        return {"COMMA": ",", "POINT": ".", "SPACE": NBSP, "APOSTROPHE": "’"}[self.partition("_")[0]]

    @property
    def decimals(self) -> str:
        """Return what stands before decimals."""
        return {"COMMA": ",", "POINT": "."}[self.partition("_")[2]]


class DateFormat(StrEnum):
    """How dates are written."""

    DAY_MONTH_YEAR = "DAY_MONTH_YEAR"
    """21 November 2026"""
    MONTH_DAY_YEAR = "MONTH_DAY_YEAR"
    """November 21, 2026"""
    DAY_MONTH_YEAR_DASHES = "DAY_MONTH_YEAR_DASHES"
    """21-11-2026"""
    DAY_MONTH_YEAR_SLASHES = "DAY_MONTH_YEAR_SLASHES"
    """21/11/2026"""
    DAY_MONTH_YEAR_POINTS = "DAY_MONTH_YEAR_POINTS"
    """21.11.2026"""
    YEAR_MONTH_DAY = "YEAR_MONTH_DAY"
    """2026-11-21"""


class HasMoney(Protocol):
    """Anything with an amount in minor units and a currency: ``Money`` and the body that the API answers with."""

    @property
    def amount(self) -> int:
        """Minor units."""
        ...

    @property
    def currency(self) -> str:
        """ISO 4217."""
        ...


@dataclass(frozen=True, slots=True)
class Formats:
    """One way to write everything.

    Attributes:
        number_format: how figures are parted.
        date_format: in which order a date is written.
        currency: the business's own (ISO 4217): its sign needs no country, ``$`` for an American one.
        timezone: where an instant is told.
    """

    number_format: NumberFormat = NumberFormat.COMMA_POINT
    date_format: DateFormat = DateFormat.DAY_MONTH_YEAR
    currency: str = "ZAR"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def money(self, money: HasMoney) -> str:
        """Write an amount of money: ``R 110,400.00``, ``US$1,200.00``, ``BHD 4.857``; no line break inside."""
        return self.minor_units(money.amount, money.currency)

    def minor_units(self, amount: int, currency: str) -> str:
        """Write minor units of a currency, as ``money`` does."""
        return _amount_text(self.number_format, self.currency, amount, currency)

    def quantity(self, quantity: Decimal | int) -> str:
        """Write a quantity without needless zeros, to four decimals: ``1``, ``2.5``, ``1,200``."""
        return self._plain(quantity, 4)

    def rate(self, rate: Decimal) -> str:
        """Write a rate of per cent without needless zeros: ``15%``, ``7.5%``."""
        return f"{self._plain(rate, 2)}%"

    def day(self, day: date) -> str:
        """Write a day in full: ``5 December 2026``."""
        return self._day(day, _MONTHS[day.month - 1])

    def date_of(self, moment: datetime, timezone: str | None = None) -> str:
        """Write the day of an instant in a time zone, the business's own by default: ``5 December 2026``."""
        return self.day(self._local(moment, timezone).date())

    def moment(self, moment: datetime, timezone: str | None = None) -> str:
        """Write an instant in a time zone, naming its offset: ``5 December 2026, 14:05 (GMT+02:00)``."""
        local = self._local(moment, timezone)
        offset = local.strftime("%z")
        return f"{self.day(local.date())}, {local:%H:%M} (GMT{offset[:3]}:{offset[3:5]})"

    def _local(self, moment: datetime, timezone: str | None) -> datetime:
        return moment.astimezone(ZoneInfo(timezone) if timezone else self.timezone)

    def _plain(self, value: Decimal | int, places: int) -> str:
        rounded = f"{Decimal(value):,.{places}f}"
        return _with_signs(rounded.rstrip("0").rstrip("."), self.number_format)

    def _day(self, day: date, month: str) -> str:
        match self.date_format:
            case DateFormat.DAY_MONTH_YEAR:
                return f"{day.day} {month} {day.year:04}"
            case DateFormat.MONTH_DAY_YEAR:
                return f"{month} {day.day}, {day.year:04}"
            case DateFormat.DAY_MONTH_YEAR_DASHES:
                return f"{day:%d-%m}-{day.year:04}"
            case DateFormat.DAY_MONTH_YEAR_SLASHES:
                return f"{day:%d/%m}/{day.year:04}"
            case DateFormat.DAY_MONTH_YEAR_POINTS:
                return f"{day:%d.%m}.{day.year:04}"
            case DateFormat.YEAR_MONTH_DAY:
                return day.isoformat()


def currency_sign(currency: str, home: str) -> str:
    """Return what a currency is written with: in its own country without the country's letters."""
    sign = _SIGNS.get(currency, currency)
    return sign.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or sign if currency == home else sign


@lru_cache(maxsize=4096)
def _amount_text(number: NumberFormat, home: str, amount: int, currency: str) -> str:
    value = Money(abs(amount), currency).to_decimal()
    figure = _with_signs(f"{value:,.{currency_exponent(currency)}f}", number)
    sign = currency_sign(currency, home)
    # A code is set apart, a sign is not (CLDR's currencySpacing), but where decimals have a comma: € 1.234,56.
    gap = NBSP if sign[-1].isalpha() or number.decimals == "," else ""
    return f"{'-' if amount < 0 else ''}{sign}{gap}{figure}"


def _with_signs(english: str, number: NumberFormat) -> str:
    """Return a figure with the format's signs in place of English ones."""
    return english.translate({ord(","): number.groups, ord("."): number.decimals})
