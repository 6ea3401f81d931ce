"""Lines as documents keep them, in JSON: what they were when they were priced, worked out never again.

A document's lines are a list of objects, each with the version of its form (ADR 0011):

1. without a version, as release 0.1.0 wrote them: description, quantity, unit_price, tax_rate, net, tax; ``optional``
   on a proposal's line, ``tax_inclusive`` on an invoice's.
2. both of these on every line; ``discount_amount``; ``unit`` and ``discount`` where there is one.

Decimals are text, so that nothing makes floats of them. What is stored is never written anew in another version: the
hash that a client approves is one of the stored form.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from capecontrol.core.line_items.pricing import PricedLine

VERSION = 2
_FORM = TypeAdapter(PricedLine)


class UnknownVersion(LookupError):
    """A line is stored in a form that this release cannot read: a later one wrote it."""


def write_lines(lines: Iterable[PricedLine]) -> list[dict[str, object]]:
    """Return lines in the form that documents keep."""
    return [
        {"version": VERSION, **_FORM.dump_python(line, mode="json", by_alias=True, exclude_none=True)} for line in lines
    ]


def read_lines(stored: Iterable[Mapping[str, object]], *, tax_inclusive: bool | None = None) -> list[PricedLine]:
    """Return the lines that a document keeps, of whatever version.

    Args:
        stored: the lines in the form that documents keep.
        tax_inclusive: whether prices contain tax, for lines of version 1 that do not say so themselves.

    Raises:
        UnknownVersion: a later release wrote it.
    """
    return [_FORM.validate_python(_newest_form(line, tax_inclusive)) for line in stored]


def _newest_form(line: Mapping[str, object], tax_inclusive: bool | None) -> Mapping[str, Any]:
    match line.get("version"):
        case None:
            return line if tax_inclusive is None else {"tax_inclusive": tax_inclusive, **line}
        case 2:
            return line
        case other:
            raise UnknownVersion(f"line items of version {other}")
