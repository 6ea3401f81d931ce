"""The rates of the taxes on sales, and which of them counts on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SalesTaxRate:
    """A rate of a tax on sales, in per cent, from its first day to its last one; None where no end is known.

    Rates that share a name are one tax over time.
    """

    name: str
    rate: Decimal
    valid_from: date
    valid_until: date | None = None


def rates_on(rates: Iterable[SalesTaxRate], day: date) -> dict[str, SalesTaxRate]:
    """Return the rates of a day by the names of their taxes: of each the newest that has begun, unless it has ended.

    A rate replaces the ones before it for good. When it ends, none of them comes back: who wants one again adds it.
    """
    begun = sorted((rate for rate in rates if rate.valid_from <= day), key=lambda rate: rate.valid_from)
    newest = {rate.name: rate for rate in begun}
    return {name: rate for name, rate in newest.items() if rate.valid_until is None or day <= rate.valid_until}
