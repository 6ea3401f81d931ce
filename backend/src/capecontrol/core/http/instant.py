"""Moments that clients send: RFC 3339 text with an offset, and nothing that only looks like one."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_COMPLAINT = "use a time with its offset, such as 2026-11-21T09:30:00Z"


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


#: A moment in a query or a body, aware, in UTC.
Instant = Annotated[
    datetime,
    BeforeValidator(_read),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-21T09:30:00Z"]}),
]
