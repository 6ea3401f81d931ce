"""The tax table of a document: what each rate was charged on, and what it came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from capecontrol.core.line_items.pricing import PricedLine, add_up


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One rate in per cent, the net amount that it was charged on, and the tax, in minor units."""

    rate: Decimal
    net: int
    tax: int


def tax_table(lines: Iterable[PricedLine]) -> list[TaxRow]:
    """Return a row for each rate among the lines that are charged, the highest first.

    A rate whose tax is zero has its row, too: a tax document shows what was sold at zero per cent.
    """
    by_rate: dict[Decimal, list[PricedLine]] = {}
    for line in lines:
        if line.is_charged:
            by_rate.setdefault(line.tax_rate, []).append(line)
    totals = {rate: add_up(by_rate[rate]) for rate in sorted(by_rate, reverse=True)}
    return [TaxRow(rate, net=sums.subtotal, tax=sums.tax) for rate, sums in totals.items()]
