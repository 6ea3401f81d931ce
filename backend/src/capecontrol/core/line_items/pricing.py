"""The arithmetic of lines: integer minor units, exact quantities and rates, each amount rounded once.

The tax rule is ``LINE``: tax is worked out and rounded (halves away from zero) for each line, and the lines are added,
so their order does not matter. The other usual rule, one rounding for the document, differs by cents on about four of
ten documents; either is fine as long as one business keeps to one, so the rule is stored with each proposal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from capecontrol.core.money import round_half_up

TAX_RULE = "LINE"
_HUNDRED = Decimal(100)


class DiscountTooLarge(ValueError):
    """More was to come off a line than it costs."""


@dataclass(frozen=True, slots=True)
class Discount:
    """What comes off a line before tax: a rate of it in per cent, or an amount in minor units."""

    rate: Decimal | None = None
    amount: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no discount: both or neither of the two, a negative one, more than all."""
        if (self.rate is None) == (self.amount is None):
            raise ValueError("a discount is either a rate or an amount")
        if (self.rate is not None and not 0 <= self.rate <= _HUNDRED) or (self.amount is not None and self.amount < 0):
            raise ValueError("a discount is not negative, and not more than all")

    def off(self, price: int) -> int:
        """Return how many minor units come off a price.

        Raises:
            DiscountTooLarge: the amount is more than the price.
        """
        if self.amount is None:
            return round_half_up(price * (self.rate or Decimal(0)) / _HUNDRED)
        if self.amount > price:
            raise DiscountTooLarge(f"{self.amount} off {price}")
        return self.amount


@dataclass(frozen=True, slots=True)
class LineItem:
    """What a person writes: so many of something, at a price, at a rate of tax.

    ``quantity`` has at most four decimals and counts ``unit`` (hours, …) where there is one; ``unit_price`` is in minor
    units, ``tax_rate`` in per cent. An optional line is shown and not charged.
    """

    description: str
    quantity: Decimal
    unit_price: int
    tax_rate: Decimal
    is_optional: Annotated[bool, Field(alias="optional")] = False
    unit: str | None = None
    discount: Discount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine(LineItem):
    """A line with its rounded amounts in minor units: ``net + tax == gross``, always.

    ``discount_amount`` is what came off, of the kind of the price: with tax where the price contains it.
    """

    is_tax_inclusive: Annotated[bool, Field(alias="tax_inclusive")]
    net: int
    tax: int
    discount_amount: int = 0

    @property
    def is_charged(self) -> bool:
        """Tell whether the line counts: an optional one is shown and not charged."""
        return not self.is_optional

    @property
    def gross(self) -> int:
        """Return the amount with tax."""
        return self.net + self.tax

    @property
    def amount(self) -> int:
        """Return what the line shows: of the same kind as its unit price, so that the two can be compared."""
        return self.gross if self.is_tax_inclusive else self.net

    def to_item(self) -> LineItem:
        """Return what was written, without what was worked out."""
        return LineItem(**{field.name: getattr(self, field.name) for field in fields(LineItem)})


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of the lines that are charged, in minor units."""

    subtotal: int
    tax: int

    @property
    def total(self) -> int:
        """Return what is to be paid."""
        return self.subtotal + self.tax


def price_line(item: LineItem, *, tax_inclusive: bool) -> PricedLine:
    """Work a line out.

    The price of all of it is rounded and the discount taken off. Exclusive: that is ``net``, and tax is a rounded part
    of it. Inclusive: that is the gross amount, the tax contained in it is rounded, and ``net`` is the rest.

    Raises:
        DiscountTooLarge: more is to come off than the line costs.
    """
    price = round_half_up(item.quantity * item.unit_price)
    discount_amount = item.discount.off(price) if item.discount is not None else 0
    amount = price - discount_amount
    if tax_inclusive:
        tax = round_half_up(amount * item.tax_rate / (_HUNDRED + item.tax_rate))
        net = amount - tax
    else:
        net = amount
        tax = round_half_up(amount * item.tax_rate / _HUNDRED)
    written = {field.name: getattr(item, field.name) for field in fields(LineItem)}
    return PricedLine(**written, is_tax_inclusive=tax_inclusive, net=net, tax=tax, discount_amount=discount_amount)


def price_lines(items: Iterable[LineItem], *, tax_inclusive: bool) -> list[PricedLine]:
    """Work out every line.

    Raises:
        DiscountTooLarge: more is to come off a line than it costs.
    """
    return [price_line(item, tax_inclusive=tax_inclusive) for item in items]


def add_up(lines: Iterable[PricedLine]) -> Totals:
    """Add the lines that are charged."""
    charged = [line for line in lines if line.is_charged]
    return Totals(subtotal=sum(line.net for line in charged), tax=sum(line.tax for line in charged))
