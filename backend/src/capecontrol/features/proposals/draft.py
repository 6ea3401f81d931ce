"""A draft: what an operator writes, checked and priced before it becomes a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from capecontrol.core.line_items.pricing import TAX_RULE, LineItem, add_up, price_lines
from capecontrol.core.line_items.snapshot import write_lines
from capecontrol.core.money import AMOUNT_MAX, Money
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.models import Proposal

#: The longest that an offer may stand.
VALIDITY_MAX = timedelta(days=5 * 366)


def one_currency(currencies: Sequence[str]) -> str:
    """Return the currency that all lines are in.

    Raises:
        Invalid: there are two.
    """
    first = currencies[0]
    errors = [
        FieldError(
            f"/line_items/{index}/unit_price/currency", f"Use one currency for all line items. The first is in {first}."
        )
        for index, currency in enumerate(currencies)
        if currency != first
    ]
    if errors:
        raise Invalid(errors=errors)
    return first


@dataclass(frozen=True, slots=True)
class Draft:
    """The editable part of a proposal. ``valid_until`` is the moment at which the offer ends."""

    title: str
    summary: str
    terms: str
    items: tuple[LineItem, ...]
    currency: str
    tax_inclusive: bool
    deposit: Money | None
    valid_until: datetime | None

    @classmethod
    def of(cls, row: Proposal) -> "Draft":
        """Return the draft that a row holds."""
        return cls(
            title=row.title,
            summary=row.summary,
            terms=row.terms,
            items=tuple(line.to_item() for line in lines_of(row)),
            currency=row.currency,
            tax_inclusive=row.tax_inclusive,
            deposit=Money(row.deposit, row.currency) if row.deposit is not None else None,
            valid_until=row.valid_until,
        )

    def to_values(self, now: datetime) -> dict[str, object]:
        """Return the columns that hold the draft, with every amount worked out.

        Raises:
            Invalid: an amount beyond what the API can carry, a deposit that does not fit, a validity in the past.
        """
        lines = price_lines(self.items, tax_inclusive=self.tax_inclusive)
        totals = add_up(lines)
        errors = []
        if sum(line.gross for line in lines) > AMOUNT_MAX:
            errors.append(FieldError("/line_items", "The total is too large. Reduce a price or a quantity."))
        elif self.deposit is not None and self.deposit.currency != self.currency:
            errors.append(FieldError("/deposit/currency", f"Use the currency of the line items, {self.currency}."))
        elif self.deposit is not None and self.deposit.amount > totals.total:
            errors.append(FieldError("/deposit/amount", "Enter a deposit that isn't more than the total."))
        if self.valid_until is not None and not now < self.valid_until <= now + VALIDITY_MAX:
            errors.append(FieldError("/valid_until", "Choose a date within the next five years."))
        if errors:
            raise Invalid(errors=errors)
        return {
            "title": self.title,
            "summary": self.summary,
            "terms": self.terms,
            "line_items": write_lines(lines),
            "currency": self.currency,
            "tax_inclusive": self.tax_inclusive,
            "tax_rule": TAX_RULE,
            "subtotal": totals.subtotal,
            "tax": totals.tax,
            "total": totals.total,
            "deposit": self.deposit.amount if self.deposit is not None else None,
            "valid_until": self.valid_until,
        }
