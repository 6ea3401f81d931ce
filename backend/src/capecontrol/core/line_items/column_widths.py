"""How wide the columns of a document's table of lines are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capecontrol.core.formats import Formats
from capecontrol.core.line_items.pricing import PricedLine

#: What a figure takes at most in the type of the tables, and what stands before it.
_FIGURE_MM, _GAP_MM = 2.0, 4.0


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """The columns of figures, in millimetres; the words have the rest.

    The renderer could find them by itself, by measuring the text of every cell: eighty long lines took it forty
    seconds, and one with the widths said.
    """

    quantity: float
    price: float
    amount: float

    @classmethod
    def of(cls, lines: Sequence[PricedLine], formats: Formats, currency: str) -> "ColumnWidths":
        """Return widths that hold the longest figure of each column."""
        return cls(
            quantity=_width(11.6, (formats.quantity(line.quantity) for line in lines)),
            price=_width(27.4, (formats.minor_units(line.unit_price, currency) for line in lines)),
            amount=_width(29.0, (formats.minor_units(line.amount, currency) for line in lines)),
        )


def _width(least: float, figures: Iterable[str]) -> float:
    return max([least, *(_GAP_MM + _FIGURE_MM * len(figure) for figure in figures)])
