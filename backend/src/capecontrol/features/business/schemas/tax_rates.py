"""Bodies about the rates of the tax on sales."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from capecontrol.core.http import RequestBody, ResponseBody
from capecontrol.core.http.instant import Day
from capecontrol.core.line_items.decimals import TaxRate
from capecontrol.features.business.models import TaxRateRecord
from capecontrol.features.business.schemas.members import TaxName

#: Two decimals, as it is kept.
_RateText = Annotated[Decimal, PlainSerializer(lambda rate: f"{rate:.2f}", return_type=str)]


class NewTaxRate(RequestBody):
    """A tax rate to create."""

    name: TaxName = Field(description="What the tax is called.")
    rate: TaxRate = Field(description="The rate in per cent.")
    valid_from: Day = Field(description="The first day of the rate, in the time zone of the business.")


class TaxRateOut(ResponseBody):
    """A tax rate."""

    id: uuid.UUID = Field(description="The tax rate's ID.")
    name: str = Field(description="What the tax is called.", examples=["VAT"])
    rate: _RateText = Field(description="The rate in per cent.", examples=["15.00"])
    valid_from: date = Field(description="The first day of the rate.")
    has_begun: bool = Field(description="Whether the first day has come. After that, the rate can't be deleted.")
    is_current: bool = Field(description="Whether this is today's rate.")

    @classmethod
    def of(cls, row: TaxRateRecord, today: date, current: set[uuid.UUID]) -> "TaxRateOut":
        """Return the answer of a row."""
        return cls.map_from(row, has_begun=row.valid_from <= today, is_current=row.id in current)


class TaxRatesOut(ResponseBody):
    """All tax rates."""

    items: list[TaxRateOut] = Field(description="The tax rates, the latest first day first.")

    @classmethod
    def of(cls, rows: Sequence[TaxRateRecord], today: date) -> "TaxRatesOut":
        """Return the answer of rows that come newest first."""
        begun = [row for row in reversed(rows) if row.valid_from <= today]
        current = set({row.name: row.id for row in begun}.values())
        return cls(items=[TaxRateOut.of(row, today, current) for row in rows])
