"""Bodies of answers: a proposal, as those see it who are signed in."""

import uuid
from datetime import date, datetime

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.money import Money
from capecontrol.features.projects.interface import OwnedProject
from capecontrol.features.proposals.content import lines_of
from capecontrol.features.proposals.lifecycle import ProposalStatus, allowed_from, status_at
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.validity import last_day


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
        return cls.map_from(
            line,
            quantity=plain(line.quantity),
            unit_price=Money(line.unit_price, currency),
            tax_rate=str(line.tax_rate),
            optional=line.is_optional,
            amount=Money(line.amount, currency),
            net=Money(line.net, currency),
            tax=Money(line.tax, currency),
        )


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
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])
    subtotal: MoneyBody
    tax: MoneyBody
    taxes: list[TaxBody] = Field(description="What each rate came to, the highest first; the sum is `tax`.")
    total: MoneyBody
    deposit: MoneyBody | None
    terms: str
    valid_until: Moment | None
    valid_until_day: date | None = Field(
        description="The day of `valid_until` in the business's time zone, as the document names it."
    )
    sent_at: Moment | None
    decided_at: Moment | None
    content_hash: str | None = Field(description="SHA-256 of what was sent; null for a draft.")


class ProposalOut(ProposalContent):
    """A proposal."""

    project_id: uuid.UUID
    org_id: uuid.UUID
    organization: OrganizationRef
    next_statuses: list[ProposalStatus] = Field(description="The legal next steps.")
    decided_name: str | None = Field(description="The name that was typed as consent.")
    decision_note: str | None = Field(description="What the client wrote when it declined or asked for changes.")
    revision: int = Field(description="Counts its changes; an edit sends it as `If-Match` (in quotes).", examples=[3])
    created_by: uuid.UUID | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, row: Proposal, owned: OwnedProject, business: Business, now: datetime) -> "ProposalOut":
        """Return the answer of a row at a moment."""
        project = owned.project
        # The code never changes; the title of what was sent is the one that was sent.
        title = (row.parties or {}).get("project_title", project.title)
        content = content_of(row, business, now, project_code=project.code, project_title=title)
        steps = list(allowed_from(content.status))
        return cls.map_from(content, row, organization=owned.organization, next_statuses=steps)


def content_of(
    row: Proposal, business: Business, now: datetime, *, project_code: str, project_title: str
) -> ProposalContent:
    """Return what every view of a proposal shares."""

    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    lines = lines_of(row)
    return ProposalContent.map_from(
        row,
        status=status_at(row.status, row.valid_until, now),
        project_code=project_code,
        project_title=project_title,
        line_items=[LineItemOut.of(line, row.currency) for line in lines],
        tax_name=(row.parties or {}).get("tax_name", business.tax_name),
        subtotal=money(row.subtotal),
        tax=money(row.tax),
        taxes=TaxBody.table(lines, row.currency),
        total=money(row.total),
        deposit=money(row.deposit) if row.deposit is not None else None,
        valid_until_day=last_day(row.valid_until, business),
    )
