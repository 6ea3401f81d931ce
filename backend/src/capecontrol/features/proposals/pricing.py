"""The arithmetic of a proposal: integer minor units, exact quantities and rates, one rounding a line.

The tax rule is ``LINE``: tax is worked out and rounded (halves away from zero) for each line, and the lines are added.
The other usual rule, one rounding for the document, differs by cents on about four of ten documents; either is fine
as long as one business keeps to one, so the rule is stored with each proposal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from capecontrol.core.money import round_half_up

TAX_RULE = "LINE"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class LineItem:
    """What a person writes: so many of something, at a price, at a rate of tax.

    ``quantity`` has at most four decimals, ``unit_price`` is in minor units, ``tax_rate`` in per cent.
    """

    description: str
    quantity: Decimal
    unit_price: int
    tax_rate: Decimal
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its rounded amounts, in minor units: ``net + tax == gross``, always."""

    description: str
    quantity: Decimal
    unit_price: int
    tax_rate: Decimal
    is_optional: bool
    net: int
    tax: int

    @property
    def gross(self) -> int:
        """Return the amount with tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of the lines that count, in minor units."""

    subtotal: int
    tax: int

    @property
    def total(self) -> int:
        """Return what is to be paid."""
        return self.subtotal + self.tax


def price_line(item: LineItem, *, tax_inclusive: bool) -> PricedLine:
    """Work a line out.

    Exclusive: the price is rounded to ``net``, tax is a rounded part of that. Inclusive: the price is rounded to the
    gross amount, the tax contained in it is rounded, and ``net`` is the rest.
    """
    amount = round_half_up(item.quantity * item.unit_price)
    if tax_inclusive:
        tax = round_half_up(amount * item.tax_rate / (_HUNDRED + item.tax_rate))
        net = amount - tax
    else:
        net = amount
        tax = round_half_up(amount * item.tax_rate / _HUNDRED)
    return PricedLine(
        item.description, item.quantity, item.unit_price, item.tax_rate, item.is_optional, net=net, tax=tax
    )


def price_lines(items: Iterable[LineItem], *, tax_inclusive: bool) -> list[PricedLine]:
    """Work out every line."""
    return [price_line(item, tax_inclusive=tax_inclusive) for item in items]


def add_up(lines: Iterable[PricedLine]) -> Totals:
    """Add the lines that count: optional ones are shown and not charged."""
    charged = [line for line in lines if not line.is_optional]
    return Totals(subtotal=sum(line.net for line in charged), tax=sum(line.tax for line in charged))
