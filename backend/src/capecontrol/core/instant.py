"""Moments and days that clients send: RFC 3339 text, a moment with its offset, and nothing that only looks like one."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COMPLAINT = "enter a date and time with its time zone, such as 2026-11-21T09:30:00Z"
_DAY_COMPLAINT = "enter a date such as 2026-12-05, or a date and time with its time zone, such as 2026-12-05T12:00:00Z"


def _read(value: object) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    # Libraries also read plain numbers as times; a year that was typed into the wrong field is not one.
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError(_COMPLAINT)
    # Python reads six decimals, PostgreSQL keeps six: further ones are cut off.
    text = re.sub(r"(\.\d{6})\d+", r"\1", value.upper())
    try:
        # In UTC at once: at the ends of the calendar an offset leads outside of it, and the driver would fail on that.
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_COMPLAINT) from None


def _read_day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(_DAY_COMPLAINT) from None
    try:
        return _read(value)
    except ValueError:
        raise ValueError(_DAY_COMPLAINT) from None


#: A moment in a query or a body, aware, in UTC.
Instant = Annotated[
    datetime,
    BeforeValidator(_read),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-21T09:30:00Z"]}),
]

#: A day, for who reads it to place in the business's time zone, or a moment as above.
DayOrInstant = Annotated[
    date | datetime,
    PlainValidator(_read_day),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
            "examples": ["2026-12-05", "2026-12-05T12:00:00Z"],
        }
    ),
]


def _read_plain_day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError("enter a date such as 2026-12-05")


#: A day, for who reads it to place in the business's time zone.
Day = Annotated[
    date,
    PlainValidator(_read_plain_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-05"]}),
]
