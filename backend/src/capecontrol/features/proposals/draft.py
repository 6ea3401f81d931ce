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

#: How much text a proposal may have in all, in characters: some 25 pages. The worst of it takes three seconds of the
#: processor to render, where a document has twenty.
TEXT_MAX = 50_000
#: How many lines its terms may have: each is a paragraph of the document.
TERMS_LINES_MAX = 1_000
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

    @property
    def text_length(self) -> int:
        """Return how many characters people read: title, summary, descriptions and terms."""
        own = len(self.title) + len(self.summary) + len(self.terms)
        return own + sum(len(item.description) for item in self.items)

    def too_long(self) -> FieldError | None:
        """Return what is to be shortened so that the document can be printed, or None where nothing is."""
        length, of_items = self.text_length, sum(len(item.description) for item in self.items)
        if length > TEXT_MAX:
            longest = "/line_items" if of_items > len(self.terms) else "/terms"
            return FieldError(longest, f"Shorten the proposal to {TEXT_MAX:,} characters. It has {length:,}.")
        if len(self.terms.splitlines()) > TERMS_LINES_MAX:
            return FieldError("/terms", f"Shorten the terms to {TERMS_LINES_MAX:,} lines.")
        return None

    def check_length(self, before: "Draft | None" = None) -> None:
        """Refuse more text than can be printed, unless it is less than there was: an old draft is shortened in steps.

        Raises:
            Invalid: it is too long.
        """
        complaint = self.too_long()
        is_shortened = before is not None and before.too_long() is not None and self._is_shorter_than(before)
        if complaint is not None and not is_shortened:
            raise Invalid(errors=[complaint])

    def _is_shorter_than(self, before: "Draft") -> bool:
        lines, lines_before = (len(one.terms.splitlines()) for one in (self, before))
        return self.text_length <= before.text_length and lines <= lines_before

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
