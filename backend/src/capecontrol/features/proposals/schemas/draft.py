"""Bodies of what staff writes: a proposal while it is a draft."""

import uuid
from typing import Annotated

from pydantic import Field, field_validator

from capecontrol.core.business import Business
from capecontrol.core.http import Line, MoneyBody, Paragraph, RequestBody
from capecontrol.core.http.optional_member import NotNull
from capecontrol.core.instant import DayOrInstant
from capecontrol.core.line_items.decimals import Quantity, TaxRate
from capecontrol.core.line_items.pricing import LineItem
from capecontrol.core.money import CURRENCIES, Money
from capecontrol.features.proposals.draft import Draft, one_currency
from capecontrol.features.proposals.validity import given_end

#: The largest price of one unit: ten thousand million of the major unit. Beyond it, somebody mistyped.
PRICE_MAX = 1_000_000_000_000

Title = Annotated[Line, Field(min_length=1, max_length=200, examples=["Lead capture and follow-up"])]
Summary = Annotated[Paragraph, Field(max_length=2_000)]
Terms = Annotated[Paragraph, Field(max_length=20_000)]
#: What a client may say about the end of an offer.
UNTIL = (
    "The last day of validity, in the time zone of the business, or the exact time at which the proposal expires. "
    "By default 30 days after it is sent."
)
Lines = Annotated[list["NewLineItem"], Field(min_length=1, max_length=200)]


class UnitPrice(MoneyBody):
    """A price per unit."""

    amount: Annotated[
        int,
        Field(
            ge=0,
            le=PRICE_MAX,
            description="The amount in the smallest unit of the currency, such as cents.",
            examples=[1_800_000],
        ),
    ]

    @field_validator("currency")
    @classmethod
    def _is_in_use(cls, value: str) -> str:
        if value not in CURRENCIES:
            raise ValueError("enter a three-letter currency code, such as ZAR or EUR")
        return value


class NewLineItem(RequestBody):
    """A line item, or an optional extra."""

    description: Annotated[Line, Field(min_length=1, max_length=500, examples=["Discovery workshop"])] = Field(
        description="What is sold."
    )
    quantity: Quantity = Field(description="The quantity: a decimal with up to four places.")
    unit_price: UnitPrice = Field(description="The price per unit. All line items have the same currency.")
    tax_rate: TaxRate = Field(description="The tax rate in per cent.")
    optional: bool = Field(
        default=False, description="Show the line item as an optional extra that isn't included in the total."
    )

    def to_item(self) -> LineItem:
        """Return what the arithmetic takes."""
        return LineItem(self.description, self.quantity, self.unit_price.amount, self.tax_rate, self.optional)


class NewProposal(RequestBody):
    """A proposal to create."""

    project_id: Annotated[uuid.UUID, Field(strict=False)] = Field(description="The project that the proposal is for.")
    title: Title = Field(description="The proposal's title.")
    summary: Summary = Field(default="", description="A short overview, shown at the top of the proposal.")
    line_items: Lines = Field(description="What is sold.")
    terms: Terms = Field(default="", description="The terms and conditions.")
    deposit: MoneyBody | None = Field(
        default=None, description="The deposit to show on the proposal. Clients always pay the full total."
    )
    tax_inclusive: bool = Field(default=False, description="Whether unit prices include tax.")
    valid_until: DayOrInstant | None = Field(default=None, description=UNTIL)

    def to_draft(self, business: Business) -> Draft:
        """Return the draft; a day of validity ends where the business is.

        Raises:
            Invalid: the lines are of more than one currency.
        """
        return Draft(
            title=self.title,
            summary=self.summary,
            terms=self.terms,
            items=tuple(item.to_item() for item in self.line_items),
            currency=_currency_of(self.line_items),
            tax_inclusive=self.tax_inclusive,
            deposit=self.deposit.to_money() if self.deposit else None,
            valid_until=given_end(self.valid_until, business),
        )


class ProposalEdit(RequestBody):
    """The changes to a draft. Fields that are left out stay as they are. Line items are replaced as a whole."""

    title: Annotated[Title | None, NotNull()] = Field(default=None, description="The proposal's title.")
    summary: Annotated[Summary | None, NotNull()] = Field(
        default=None, description="A short overview, shown at the top of the proposal."
    )
    line_items: Annotated[Lines | None, NotNull()] = Field(
        default=None, description="What is sold. Replaces all line items."
    )
    terms: Annotated[Terms | None, NotNull()] = Field(default=None, description="The terms and conditions.")
    deposit: MoneyBody | None = Field(
        default=None, description="The deposit to show on the proposal. Send null to remove it."
    )
    tax_inclusive: Annotated[bool | None, NotNull()] = Field(
        default=None, description="Whether unit prices include tax."
    )
    valid_until: DayOrInstant | None = Field(default=None, description=UNTIL)

    def apply(self, draft: Draft, business: Business) -> Draft:
        """Return the changed draft; a day of validity ends where the business is.

        Raises:
            Invalid: the lines are of more than one currency.
        """
        deposit: Money | None = draft.deposit
        if "deposit" in self.model_fields_set:
            deposit = self.deposit.to_money() if self.deposit else None
        until = draft.valid_until
        if "valid_until" in self.model_fields_set:
            until = given_end(self.valid_until, business)
        return Draft(
            title=draft.title if self.title is None else self.title,
            summary=draft.summary if self.summary is None else self.summary,
            terms=draft.terms if self.terms is None else self.terms,
            items=draft.items if self.line_items is None else tuple(item.to_item() for item in self.line_items),
            currency=draft.currency
            if self.line_items is None
            else one_currency([item.unit_price.currency for item in self.line_items]),
            tax_inclusive=draft.tax_inclusive if self.tax_inclusive is None else self.tax_inclusive,
            deposit=deposit,
            valid_until=until,
        )


def _currency_of(items: list[NewLineItem]) -> str:
    return one_currency([item.unit_price.currency for item in items])
