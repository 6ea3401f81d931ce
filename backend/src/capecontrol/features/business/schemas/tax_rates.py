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
    """A rate to add."""

    name: TaxName
    rate: TaxRate
    valid_from: Day = Field(description="The first day on which it counts, where the business is.")


class TaxRateOut(ResponseBody):
    """A rate of the tax on sales."""

    id: uuid.UUID
    name: str = Field(examples=["VAT"])
    rate: _RateText = Field(description="Per cent.", examples=["15.00"])
    valid_from: date
    has_begun: bool = Field(
        description="Whether its first day has come. Only a rate that has not begun can be deleted."
    )
    is_current: bool = Field(description="Whether it is the rate of this tax today.")

    @classmethod
    def of(cls, row: TaxRateRecord, today: date, current: set[uuid.UUID]) -> "TaxRateOut":
        """Return the answer of a row."""
        return cls.map_from(row, has_begun=row.valid_from <= today, is_current=row.id in current)


class TaxRatesOut(ResponseBody):
    """All rates, by their first days, the newest first."""

    items: list[TaxRateOut]

    @classmethod
    def of(cls, rows: Sequence[TaxRateRecord], today: date) -> "TaxRatesOut":
        """Return the answer of rows that come newest first."""
        begun = [row for row in reversed(rows) if row.valid_from <= today]
        current = set({row.name: row.id for row in begun}.values())
        return cls(items=[TaxRateOut.of(row, today, current) for row in rows])
