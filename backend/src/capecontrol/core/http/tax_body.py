"""The tax table of a document, as answers carry it."""

from collections.abc import Iterable

from pydantic import Field

from capecontrol.core.http.body import MoneyBody, ResponseBody, money_member
from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.line_items.tax_table import tax_table


class TaxBody(ResponseBody):
    """The tax at one rate."""

    rate: str = Field(description="The tax rate in per cent.", examples=["15.00"])
    net: MoneyBody = Field(description="The amount that the tax was calculated on.")
    tax: MoneyBody = Field(description="The tax at this rate.")

    @classmethod
    def table(cls, lines: Iterable[PricedLine], currency: str) -> "list[TaxBody]":
        """Return a row for each rate among the lines that are charged, the highest first."""
        return [
            cls.map_from(rate=str(row.rate), net=money_member(row.net, currency), tax=money_member(row.tax, currency))
            for row in tax_table(lines)
        ]
