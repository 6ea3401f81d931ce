"""Bodies about proposals."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import Line, MoneyBody, Paragraph, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.instant import DayOrInstant
from capecontrol.core.line_items.decimals import Quantity, TaxRate, plain
from capecontrol.core.line_items.pricing import LineItem, PricedLine
from capecontrol.core.money import Money
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.features.organizations.interface import OrganizationFacts
from capecontrol.features.projects.interface import ProjectFacts
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at
from capecontrol.features.proposals.models import Proposal

#: The largest price of one unit: ten thousand million of the major unit. Beyond it, somebody mistyped.
PRICE_MAX = 1_000_000_000_000

Title = Annotated[Line, Field(min_length=1, max_length=200, examples=["Lead capture and follow-up"])]
Summary = Annotated[Paragraph, Field(max_length=2_000)]
Terms = Annotated[Paragraph, Field(max_length=20_000)]
Note = Annotated[Paragraph, Field(min_length=1, max_length=2_000)]
#: What a client may say about the end of an offer.
UNTIL = (
    "The last day of the offer, to its end in the business's time zone, or the moment at which the offer ends; "
    "by default 30 days from sending."
)
Lines = Annotated[list["NewLineItem"], Field(min_length=1, max_length=200)]


class UnitPrice(MoneyBody):
    """The price of one."""

    amount: Annotated[int, Field(ge=0, le=PRICE_MAX, description="Minor units (cents).", examples=[1_800_000])]


class NewLineItem(RequestBody):
    """A line to charge, or (``optional``) only to show."""

    description: Annotated[Line, Field(min_length=1, max_length=500, examples=["Discovery workshop"])]
    quantity: Quantity
    unit_price: UnitPrice
    tax_rate: TaxRate
    optional: bool = Field(default=False, description="Shown, and not part of the total.")

    def to_item(self) -> LineItem:
        """Return what the arithmetic takes."""
        return LineItem(self.description, self.quantity, self.unit_price.amount, self.tax_rate, self.optional)


class NewProposal(RequestBody):
    """A proposal to draft."""

    project_id: Annotated[uuid.UUID, Field(strict=False)]
    title: Title
    summary: Summary = ""
    line_items: Lines
    terms: Terms = ""
    deposit: MoneyBody | None = Field(default=None, description="Kept with the proposal; what is charged is the total.")
    tax_inclusive: bool = Field(default=False, description="Whether the unit prices contain the tax.")
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
            currency=currency_of(self.line_items),
            tax_inclusive=self.tax_inclusive,
            deposit=self.deposit.to_money() if self.deposit else None,
            valid_until=end_of_validity(self.valid_until, business),
        )


class ProposalEdit(RequestBody):
    """What to change of a draft. Members that are absent stay; the lines are replaced as a whole."""

    title: Title | None = None
    summary: Summary | None = None
    line_items: Lines | None = None
    terms: Terms | None = None
    deposit: MoneyBody | None = Field(default=None, description="null takes the deposit away.")
    tax_inclusive: bool | None = None
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
            until = end_of_validity(self.valid_until, business)
        return Draft(
            title=draft.title if self.title is None else self.title,
            summary=draft.summary if self.summary is None else self.summary,
            terms=draft.terms if self.terms is None else self.terms,
            items=draft.items if self.line_items is None else tuple(item.to_item() for item in self.line_items),
            currency=draft.currency if self.line_items is None else currency_of(self.line_items),
            tax_inclusive=draft.tax_inclusive if self.tax_inclusive is None else self.tax_inclusive,
            deposit=deposit,
            valid_until=until,
        )


def end_of_validity(value: date | datetime | None, business: Business) -> datetime | None:
    """Return the moment at which an offer ends that was given as a day or as a moment."""
    return value if value is None or isinstance(value, datetime) else business.end_of_day(value)


def currency_of(items: list[NewLineItem]) -> str:
    """Return the one currency of all lines.

    Raises:
        Invalid: there are two.
    """
    first = items[0].unit_price.currency
    errors = [
        FieldError(f"/line_items/{index}/unit_price/currency", f"Use one currency; the first line is in {first}.")
        for index, item in enumerate(items)
        if item.unit_price.currency != first
    ]
    if errors:
        raise Invalid(errors=errors)
    return first


class Approval(RequestBody):
    """A client's consent."""

    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="The `content_hash` of what you were looking at; another text answers 409."
    )
    name: Annotated[Line, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="The name that was typed as consent."
    )


class ChangeRequest(RequestBody):
    """What the client wants to be different."""

    message: Note


class Decline(RequestBody):
    """A client's no."""

    reason: Note | None = None


class NextVersion(ResponseBody):
    """The version that follows."""

    next_id: uuid.UUID


class LineItemOut(ResponseBody):
    """A line with its amounts."""

    description: str
    quantity: str = Field(examples=["1.5"])
    unit_price: MoneyBody
    tax_rate: str = Field(examples=["15.00"])
    optional: bool
    amount: MoneyBody = Field(description="Quantity times price, as the prices are: with tax when `tax_inclusive`.")
    net: MoneyBody
    tax: MoneyBody

    @classmethod
    def of(cls, line: PricedLine, currency: str) -> "LineItemOut":
        """Return the answer of a line."""
        return cls(
            description=line.description,
            quantity=plain(line.quantity),
            unit_price=MoneyBody(amount=line.unit_price, currency=currency),
            tax_rate=str(line.tax_rate),
            optional=line.is_optional,
            amount=MoneyBody(amount=line.amount, currency=currency),
            net=MoneyBody(amount=line.net, currency=currency),
            tax=MoneyBody(amount=line.tax, currency=currency),
        )


class OrganizationName(ResponseBody):
    """The organization that a proposal is for."""

    id: uuid.UUID
    name: str = Field(examples=["Harbour Logistics"])


class ProposalContent(ResponseBody):
    """What every reader of a proposal sees."""

    id: uuid.UUID
    version: int
    status: ProposalStatus
    title: str
    summary: str
    project_code: str = Field(examples=["PRJ-2026-019"])
    project_title: str
    line_items: list[LineItemOut]
    tax_inclusive: bool
    subtotal: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    deposit: MoneyBody | None
    terms: str
    valid_until: Moment | None
    sent_at: Moment | None
    decided_at: Moment | None
    content_hash: str | None = Field(description="SHA-256 of what was sent; null for a draft.")


class ProposalOut(ProposalContent):
    """A proposal."""

    project_id: uuid.UUID
    org_id: uuid.UUID
    organization: OrganizationName
    next_statuses: list[ProposalStatus] = Field(description="The legal next steps.")
    decided_name: str | None = Field(description="The name that was typed as consent.")
    decision_note: str | None = Field(description="What the client wrote when it declined or asked for changes.")
    revision: int = Field(description="Counts its changes; an edit sends it as `If-Match` (in quotes).", examples=[3])
    created_by: uuid.UUID | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: Proposal, project: ProjectFacts, organization: OrganizationFacts, now: datetime) -> "ProposalOut":
        """Return the answer of a row at a moment."""
        status = status_at(row.status, row.valid_until, now)
        return cls(
            **content_of(row, now),
            # The code never changes; the title of what was sent is the one that was sent.
            project_code=project.code,
            project_title=(row.parties or {}).get("project_title", project.title),
            project_id=row.project_id,
            org_id=row.org_id,
            organization=OrganizationName(id=organization.id, name=organization.name),
            next_statuses=list(allowed_from(status)),
            decided_name=row.decided_name,
            decision_note=row.decision_note,
            revision=row.revision,
            created_by=row.created_by,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


class SharedProposal(ProposalContent):
    """A proposal behind its viewing link. All names are those at the time of sending."""

    seller_name: str = Field(examples=["Northstar Automation"])
    tax_name: str = Field(examples=["VAT"])
    organization_name: str = Field(examples=["Harbour Logistics"])
    newer_version: int | None = Field(description="The newest version that was sent, when this is not it.")
    has_pdf: bool

    @classmethod
    def of_sent(cls, row: Proposal, newer_version: int | None, now: datetime) -> "SharedProposal":
        """Return the answer of a row that was sent."""
        parties = row.parties or {}
        return cls(
            **content_of(row, now),
            project_code=parties.get("project_code", ""),
            project_title=parties.get("project_title", ""),
            seller_name=parties.get("seller", ""),
            tax_name=parties.get("tax_name", ""),
            organization_name=parties.get("organization", ""),
            newer_version=newer_version,
            has_pdf=row.pdf_key is not None,
        )


def content_of(row: Proposal, now: datetime) -> dict[str, object]:
    """Return the members that every view of a proposal shares."""

    def money(amount: int) -> MoneyBody:
        return MoneyBody(amount=amount, currency=row.currency)

    return {
        "id": row.id,
        "version": row.version,
        "status": status_at(row.status, row.valid_until, now),
        "title": row.title,
        "summary": row.summary,
        "line_items": [LineItemOut.of(line, row.currency) for line in lines_of(row)],
        "tax_inclusive": row.tax_inclusive,
        "subtotal": money(row.subtotal),
        "tax": money(row.tax),
        "total": money(row.total),
        "deposit": money(row.deposit) if row.deposit is not None else None,
        "terms": row.terms,
        "valid_until": row.valid_until,
        "sent_at": row.sent_at,
        "decided_at": row.decided_at,
        "content_hash": row.content_hash,
    }
