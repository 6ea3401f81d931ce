"""The members of bodies about the business, and what they refuse."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from capecontrol.core.colour import DARK, LIGHT, Scheme, is_colour, pairs
from capecontrol.core.countries import COUNTRIES
from capecontrol.core.formats import DateFormat, NumberFormat
from capecontrol.core.http import Line, Paragraph
from capecontrol.core.http.timezone_name import TimezoneName
from capecontrol.core.money import CURRENCIES

#: How long days of payment may be: longer is no term.
DAYS_TO_PAY_MAX = 365


def _known_country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("enter a two-letter country code, such as ZA or NL")
    return code


def _known_currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError("enter a three-letter currency code, such as ZAR or EUR")
    return code


def _web_address(text: str) -> str:
    complaint = "enter a web address that begins with https:// or http://"
    try:
        parts = urlsplit(text)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        raise ValueError(complaint) from None
    if not is_complete or any(character.isspace() for character in text):
        raise ValueError(complaint)
    return text


def _readable(text: str, scheme: Scheme) -> str:
    colour = text.lower()
    if not is_colour(colour):
        raise ValueError("enter a colour such as #006c94")
    for pair in pairs(colour, scheme):
        if not pair.is_enough:
            raise ValueError(pair.sentence)
    return colour


def _readable_on_light(text: str) -> str:
    return _readable(text, LIGHT)


def _readable_on_dark(text: str) -> str:
    return _readable(text, DARK)


Name = Annotated[Line, Field(min_length=1, max_length=200, examples=["Northstar Automation"])]
LegalName = Annotated[Line, Field(max_length=200, examples=["Northstar Automation (Pty) Ltd"])]
Address = Annotated[Paragraph, Field(max_length=500, examples=["12 Signal Street\nCape Town 8001"])]
Country = Annotated[
    Line,
    Field(max_length=2, description="The country, as a two-letter code (ISO 3166-1).", examples=["ZA"]),
    AfterValidator(_known_country),
]
Number = Annotated[Line, Field(max_length=60)]
TaxName = Annotated[
    Line, Field(min_length=1, max_length=20, description="What the tax on sales is called, such as VAT.")
]
Phone = Annotated[Line, Field(max_length=40, examples=["+27 21 555 0142"])]
Website = Annotated[Line, Field(max_length=200, examples=["https://northstar.example"]), AfterValidator(_web_address)]
Currency = Annotated[
    Line,
    Field(max_length=3, description="The currency of new prices (ISO 4217).", examples=["ZAR"]),
    AfterValidator(_known_currency),
]
Timezone = Annotated[TimezoneName, Field(description="The time zone in which documents are dated.")]
# Bodies are strict, and JSON has no enums: these are read from text.
Numbers = Annotated[NumberFormat, Field(strict=False)]
Dates = Annotated[DateFormat, Field(strict=False)]
Terms = Annotated[Paragraph, Field(max_length=20_000)]
DaysToPay = Annotated[int, Field(ge=0, le=DAYS_TO_PAY_MAX)]
_Colour = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
Accent = Annotated[
    _Colour,
    Field(
        description="The accent colour on light pages, as `#rrggbb`. It needs enough contrast.", examples=["#006c94"]
    ),
    AfterValidator(_readable_on_light),
]
DarkAccent = Annotated[
    _Colour,
    Field(description="The accent colour on dark pages, as `#rrggbb`. It needs enough contrast.", examples=["#5ac0e1"]),
    AfterValidator(_readable_on_dark),
]
Headline = Annotated[Line, Field(max_length=120)]
Text = Annotated[Paragraph, Field(max_length=2_000)]
