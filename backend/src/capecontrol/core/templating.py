"""Templates of mails and documents: Jinja environments with autoescape and the house's ways to write figures."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from capecontrol.core.money import Money, currency_exponent

#: How figures and dates are written where the reader's own locale is not known: in mails and documents.
LOCALE = "en_ZA"
#: CLDR writes ``R 110 400,00`` for South Africa; its businesses write ``R 110,400.00``.
_RAND_GROUPS = "en_GB"


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


def money_text(money: HasMoney) -> str:
    """Write an amount of money: ``R 110,400.00``, ``US$1,200.00``, ``BHD 4.857``; no line break inside."""
    return amount_text(money.amount, money.currency)


#: Babel takes as long for one as a dashboard's row takes in all else, and shows the same amounts again and again.
@lru_cache(maxsize=4096)
def amount_text(minor_units: int, currency: str) -> str:
    """Write minor units of a currency, as ``money_text`` does."""
    value = Money(minor_units, currency).to_decimal()
    if currency == "ZAR":
        sign, value = ("-" if value < 0 else ""), abs(value)
        return f"{sign}R\u00a0{format_decimal(value, format='#,##0.00', locale=_RAND_GROUPS)}"
    places = currency_exponent(currency)
    # A code is set apart, a sign is not (CLDR's currencySpacing, which a pattern of one's own has to follow itself).
    gap = "\u00a0" if get_currency_symbol(currency, _RAND_GROUPS)[-1].isalpha() else ""
    pattern = f"¤{gap}#,##0" + ("." + "0" * places if places else "")
    text: str = format_currency(value, currency, format=pattern, locale=_RAND_GROUPS, currency_digits=False)
    return text


def quantity_text(quantity: Decimal | int) -> str:
    """Write a quantity without needless zeros: ``1``, ``2.5``, ``1,200``."""
    text: str = format_decimal(quantity, format="#,##0.####", locale=_RAND_GROUPS)
    return text


def rate_text(rate: Decimal) -> str:
    """Write a rate of per cent without needless zeros: ``15 %``, ``7.5 %``; no line break inside."""
    return f"{format_decimal(rate, format='#,##0.##', locale=_RAND_GROUPS)}\u00a0%"


def date_text(moment: datetime, timezone: str = "UTC") -> str:
    """Write the date of an instant in a time zone: ``5 December 2026``."""
    text: str = format_date(moment.astimezone(ZoneInfo(timezone)).date(), format="d MMMM y", locale=LOCALE)
    return text


def moment_text(moment: datetime, timezone: str = "UTC") -> str:
    """Write an instant in a time zone, naming the zone's offset: ``5 December 2026, 14:05 (GMT+02:00)``."""
    local = moment.astimezone(ZoneInfo(timezone))
    text: str = format_datetime(local, format="d MMMM y, HH:mm (ZZZZ)", tzinfo=local.tzinfo, locale=LOCALE)
    return text


def templates(package: str, folder: str, *more: tuple[str, str]) -> Environment:
    """Build the environment for a feature's templates, e.g. ``templates("capecontrol.features.billing", "documents")``.

    Autoescape is on for ``.html`` and off for ``.txt`` (the plain-text twins of mails); a name that the context lacks
    is an error, so that no mail goes out with a hole in it. Filters: ``money``, ``amount``, ``quantity``, ``rate``,
    ``date``, ``moment``. Documents include ``paper.css``, the style that they share, and ``taxes.html``.

    A template is looked for in the folder first, then in ``more`` (packages and folders), in this order.
    """
    folders = ((package, folder), *more, ("capecontrol.core", "templates"))
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(*place) for place in folders]),
        autoescape=select_autoescape(("html",), default=False, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "money": money_text,
        "amount": amount_text,
        "quantity": quantity_text,
        "rate": rate_text,
        "date": date_text,
        "moment": moment_text,
    }
    return environment
