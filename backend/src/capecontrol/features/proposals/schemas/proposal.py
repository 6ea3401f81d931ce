"""Bodies of answers: a proposal, as those see it who are signed in."""

import uuid
from datetime import date, datetime

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment, money_member
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.http.tax_body import TaxBody
from capecontrol.core.line_items.decimals import plain
from capecontrol.core.line_items.pricing import PricedLine
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
            unit_price=money_member(line.unit_price, currency),
            tax_rate=str(line.tax_rate),
            optional=line.is_optional,
            amount=money_member(line.amount, currency),
            net=money_member(line.net, currency),
            tax=money_member(line.tax, currency),
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
        steps = list(allowed_from(status_at(row.status, row.valid_until, now)))
        return cls.map_from(row, organization=owned.organization, next_statuses=steps, **content)


def content_of(
    row: Proposal, business: Business, now: datetime, *, project_code: str, project_title: str
) -> dict[str, object]:
    """Return what every view of a proposal shares, and its row does not say by itself."""
    parties, lines, currency = row.parties or {}, lines_of(row), row.currency
    return {
        "status": status_at(row.status, row.valid_until, now),
        "project_code": project_code,
        "project_title": project_title,
        "line_items": [LineItemOut.of(line, currency) for line in lines],
        "tax_name": parties.get("tax_name", business.tax_name),
        "subtotal": money_member(row.subtotal, currency),
        "tax": money_member(row.tax, currency),
        "taxes": TaxBody.table(lines, currency),
        "total": money_member(row.total, currency),
        "deposit": None if row.deposit is None else money_member(row.deposit, currency),
        "valid_until_day": last_day(row.valid_until, business),
    }
