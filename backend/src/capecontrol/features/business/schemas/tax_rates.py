"""Bodies about the rates of the taxes on sales."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.instant import Day
from capecontrol.core.line_items.decimals import TaxRate
from capecontrol.core.sales_tax import rates_on
from capecontrol.features.business.dao import rate_of
from capecontrol.features.business.models import TaxRateRecord
from capecontrol.features.business.schemas.members import TaxName

#: Two decimals, as it is kept.
_RateText = Annotated[Decimal, PlainSerializer(lambda rate: f"{rate:.2f}", return_type=str)]


class NewTaxRate(RequestBody):
    """A tax rate to create."""

    name: TaxName = Field(
        description="What the tax is called. Rates that share a name, in upper or lower case, are one tax over time."
    )
    rate: TaxRate = Field(description="The rate in per cent.")
    valid_from: Day = Field(description="The first day of the rate, in the time zone of the business.")
    valid_until: Day | None = Field(default=None, description="The last day of the rate, if it is known.")


class TaxRateEdit(RequestBody):
    """The change to a tax rate."""

    valid_until: Day | None = Field(
        description="The last day of the rate, in the time zone of the business. Send null if it has no end."
    )


class TaxRateOut(ResponseBody):
    """A tax rate."""

    id: uuid.UUID = Field(description="The tax rate's ID.")
    name: str = Field(description="What the tax is called.", examples=["VAT"])
    rate: _RateText = Field(description="The rate in per cent.", examples=["15.00"])
    valid_from: date = Field(description="The first day of the rate.")
    valid_until: date | None = Field(description="The last day of the rate; null if it has no end.")
    has_begun: bool = Field(description="Whether the first day has come. After that, the rate can't be deleted.")
    is_current: bool = Field(
        description="Whether this is today's rate: it has begun, and has neither ended nor been replaced."
    )
    is_default: bool = Field(
        description="Whether new line items start with this tax. All rates of one tax say the same."
    )


class TaxRatesOut(ResponseBody):
    """All tax rates."""

    items: list[TaxRateOut] = Field(description="The tax rates, the latest first day first.")

    @classmethod
    def of(cls, rows: Sequence[TaxRateRecord], default_tax: str | None, today: date) -> "TaxRatesOut":
        """Return the answer of rows."""
        current = set(rates_on(map(rate_of, rows), today).values())
        return cls(
            items=[
                TaxRateOut.map_from(
                    row,
                    has_begun=row.valid_from <= today,
                    is_current=rate_of(row) in current,
                    is_default=row.name == default_tax,
                )
                for row in rows
            ]
        )
